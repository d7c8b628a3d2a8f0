package dev.sluice.engine.config;

import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.Mark;
import dev.sluice.yaml.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is wrong with one configuration, with the places. Not for use by several threads.
 *
 * <p>A problem is given by the path of the key it is about, such as {@code [service, pipelines, traces, exporters, 0]}; where
 * the path leads beyond what was written, the last key that was written is its place.
 */
public final class ConfigProblems {
    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final Redaction redaction = new Redaction();
    private ConfigNode tree;

    public ConfigProblems(ConfigNode tree) {
        this.tree = tree;
    }

    public void error(List<String> path, String message) {
        error(placeOf(path), message, null);
    }

    public void warn(List<String> path, String message) {
        warnings.add(new Problem(placeOf(path), message, null));
    }

    /**
     * @param hint what to do, printed behind the message: {@code did you mean "x"?}
     */
    void error(Mark mark, String message, @Nullable String hint) {
        Problem problem = new Problem(mark, message, hint);
        if (!errors.contains(problem)) {
            errors.add(problem);
        }
    }

    void warn(Mark mark, String message) {
        Problem problem = new Problem(mark, message, null);
        if (!warnings.contains(problem)) {
            warnings.add(problem);
        }
    }

    /** Paths are looked up in this tree from now on. */
    void tree(ConfigNode next) {
        tree = next;
    }

    Redaction redaction() {
        return redaction;
    }

    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    /** By position. */
    public List<Problem> errors() {
        return sorted(errors);
    }

    /** By position. */
    public List<Problem> warnings() {
        return sorted(warnings);
    }

    /** All errors by position: place, message, source line and a caret. Ends without a line end; empty if there are none. */
    public String render() {
        return errors().stream().map(this::render).collect(Collectors.joining("\n"));
    }

    /** One problem with its source line and caret. Values of secret options never show. */
    public String render(Problem problem) {
        return problem + redaction.snippet(problem.mark());
    }

    private Mark placeOf(List<String> path) {
        Mark place = tree.mark();
        ConfigNode node = tree;
        for (String key : path) {
            ConfigNode child = node.child(key);
            if (child == null) {
                return place;
            }
            place = child.mark();
            if (node.plain() instanceof ConfigNode.MapNode map) {
                ConfigNode.Entry entry = map.entries().get(key);
                place = entry == null ? place : entry.keyMark();
            }
            node = child;
        }
        return place;
    }

    private static List<Problem> sorted(List<Problem> problems) {
        return problems.stream().sorted(Comparator.comparing(Problem::mark)).toList();
    }
}
