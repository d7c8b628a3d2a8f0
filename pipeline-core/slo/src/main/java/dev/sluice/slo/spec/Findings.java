package dev.sluice.slo.spec;

import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.Fields;
import dev.sluice.yaml.Mark;
import dev.sluice.yaml.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What readers find wrong, each once, for what several objectives refer to is read for each. */
final class Findings {
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    List<Problem> problems() {
        return problems;
    }

    List<Problem> warnings() {
        return warnings;
    }

    void problem(Mark mark, String message, @Nullable String hint) {
        add(problems, new Problem(mark, message, hint));
    }

    void warn(Mark mark, String message) {
        add(warnings, new Problem(mark, message, null));
    }

    /** A map that reports here. */
    Fields fields(ConfigNode node, String type, List<String> keys) {
        return new Fields(node, type, keys, problem -> add(problems, problem));
    }

    /** A map in a map. Where it is missing that is the problem, and what it lacks is none. */
    Fields required(Fields outer, String key, String type, List<String> keys) {
        ConfigNode node = outer.node(key);
        if (node == null) {
            problem(outer.mark(key), key + " is required", null);
            return new Fields(new ConfigNode.Null(outer.mark(key)), type, keys, lack -> {});
        }
        return fields(node, type, keys);
    }

    private static void add(List<Problem> to, Problem problem) {
        if (!to.contains(problem)) {
            to.add(problem);
        }
    }
}
