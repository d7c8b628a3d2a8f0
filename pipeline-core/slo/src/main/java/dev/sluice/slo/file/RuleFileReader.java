package dev.sluice.slo.file;

import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.text.PrometheusDuration;
import dev.sluice.promql.text.PrometheusDuration.DurationException;
import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.ConfigNode.Scalar;
import dev.sluice.yaml.Fields;
import dev.sluice.yaml.Problem;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads rule files and reports all that is wrong with them, in Prometheus' words and with the place. Source: prometheus model/rulefmt. What is
 * wrong is left out of the result, so that the rest can still be checked; a file with problems is not to be run.
 */
public final class RuleFileReader {
    /** Milliseconds between evaluations where nobody has said another time: Prometheus' own default. */
    public static final long INTERVAL = 60_000;

    private static final List<String> FILE_KEYS = List.of("groups");
    private static final List<String> GROUP_KEYS =
            List.of("name", "interval", "query_offset", "limit", "rules", "labels");
    private static final List<String> RULE_KEYS =
            List.of("record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations");

    private final String file;
    private final long interval;
    private final QueryOptions options;
    private final List<Problem> problems = new ArrayList<>();

    private RuleFileReader(String file, long interval, QueryOptions options) {
        this.file = file;
        this.interval = interval;
        this.options = options;
    }

    /** A file as far as it is right, and what is not. */
    public record Result(RuleFile file, List<Problem> problems) {}

    /**
     * Reads the text of a file.
     *
     * @param name what positions are printed with, and what groups are known by
     * @param interval of groups that give none, in milliseconds
     */
    public static Result read(String name, String text, long interval, QueryOptions options) {
        RuleFileReader reader = new RuleFileReader(name, interval, options);
        List<RuleFile.Group> groups = List.of();
        try {
            groups = reader.file(YamlReader.read(name, text));
        } catch (YamlException e) {
            reader.problems.add(new Problem(e.mark(), String.valueOf(e.getMessage()), null));
        }
        return new Result(new RuleFile(name, groups), List.copyOf(reader.problems));
    }

    /** Reads the value of {@code groups}, a list, from elsewhere than a rule file. */
    public static Result read(String name, ConfigNode groups, long interval, QueryOptions options) {
        RuleFileReader reader = new RuleFileReader(name, interval, options);
        ConfigNode.Entry entry = new ConfigNode.Entry(groups, groups.mark());
        ConfigNode file = new ConfigNode.MapNode(Map.of("groups", entry), groups.mark());
        return new Result(new RuleFile(name, reader.file(file)), List.copyOf(reader.problems));
    }

    private List<RuleFile.Group> file(ConfigNode root) {
        Fields fields = new Fields(root, "rulefmt.RuleGroups", FILE_KEYS, problems::add);
        List<RuleFile.Group> groups = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConfigNode item : fields.list("groups")) {
            Fields group = new Fields(item, "rulefmt.RuleGroup", GROUP_KEYS, problems::add);
            String name = group.text("name");
            if (name.isEmpty()) {
                group.problem(group.mark(), "Groupname must not be empty");
            } else if (!names.add(name)) {
                group.problem(group.mark("name"), "groupname: \"" + name + "\" is repeated in the same file");
            }
            groups.add(group(name, group));
        }
        return groups;
    }

    private RuleFile.Group group(String name, Fields fields) {
        Map<String, String> labels = fields.texts("labels");
        RuleChecks.labelNames(fields, labels, "");
        List<RuleSpec> rules = new ArrayList<>();
        List<ExprPlace> places = new ArrayList<>();
        int number = 0;
        for (ConfigNode item : fields.list("rules")) {
            number++;
            Fields rule = new Fields(item, "rulefmt.Rule", RULE_KEYS, problems::add);
            int before = problems.size();
            RuleSpec spec = rule(rule, labels);
            new RuleChecks(name, number, rule, options.parser()).check();
            if (problems.size() == before) {
                rules.add(spec);
                places.add(ExprPlace.of((Scalar) java.util.Objects.requireNonNull(rule.node("expr"))));
            }
        }
        long every = millis(fields, "interval");
        GroupSpec spec = new GroupSpec(
                file,
                name,
                every == 0 ? interval : every,
                (int) Math.min(Integer.MAX_VALUE, fields.integer("limit", 0)),
                millis(fields, "query_offset"),
                options,
                rules);
        return new RuleFile.Group(spec, places);
    }

    private RuleSpec rule(Fields fields, Map<String, String> groupLabels) {
        Map<String, String> merged = new LinkedHashMap<>(groupLabels);
        merged.putAll(fields.texts("labels"));
        Labels labels = Labels.of(merged);
        String expr = fields.text("expr");
        Labels annotations = Labels.of(fields.texts("annotations"));
        long holdFor = millis(fields, "for");
        long keepFiringFor = millis(fields, "keep_firing_for");
        return fields.has("record")
                ? new RuleSpec.Recording(fields.text("record"), expr, labels)
                : new RuleSpec.Alerting(fields.text("alert"), expr, labels, annotations, holdFor, keepFiringFor);
    }

    private static long millis(Fields fields, String key) {
        if (!fields.has(key)) {
            return 0;
        }
        try {
            return PrometheusDuration.parse(fields.text(key)) / PrometheusDuration.MILLISECOND;
        } catch (DurationException e) {
            fields.problem(fields.mark(key), String.valueOf(e.getMessage()));
            return 0;
        }
    }
}
