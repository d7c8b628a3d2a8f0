package dev.sluice.slo.ruletest;

import dev.sluice.gotext.GoFloat;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.text.PrometheusDuration;
import dev.sluice.promql.text.PrometheusDuration.DurationException;
import dev.sluice.slo.ruletest.RuleTestFile.AlertCheck;
import dev.sluice.slo.ruletest.RuleTestFile.ExpectedAlert;
import dev.sluice.slo.ruletest.RuleTestFile.ExpectedSample;
import dev.sluice.slo.ruletest.RuleTestFile.Input;
import dev.sluice.slo.ruletest.RuleTestFile.QueryCheck;
import dev.sluice.slo.ruletest.RuleTestFile.Test;
import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.Fields;
import dev.sluice.yaml.Problem;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads files of unit tests, strictly, and reports all that is wrong with them. Source: prometheus cmd/promtool, unittest.go. */
final class RuleTestReader {
    private static final List<String> FILE_KEYS =
            List.of("rule_files", "evaluation_interval", "group_eval_order", "tests", "fuzzy_compare");
    private static final List<String> TEST_KEYS = List.of(
            "interval",
            "input_series",
            "alert_rule_test",
            "promql_expr_test",
            "external_labels",
            "external_url",
            "name",
            "start_timestamp");
    private static final String DURATION = "1m";
    private static final double MILLIS = 1000;

    private final List<Problem> problems = new ArrayList<>();

    /** A file as far as it is right, and what is not. */
    record Result(RuleTestFile file, List<Problem> problems) {}

    static Result read(String name, String text) {
        RuleTestReader reader = new RuleTestReader();
        RuleTestFile file = new RuleTestFile(List.of(), 0, List.of(), false, List.of());
        try {
            file = reader.file(YamlReader.read(name, text));
        } catch (YamlException e) {
            reader.problems.add(new Problem(e.mark(), String.valueOf(e.getMessage()), null));
        }
        return new Result(file, reader.problems);
    }

    private RuleTestFile file(ConfigNode root) {
        Fields fields = fields(root, "main.unitTestFile", FILE_KEYS);
        long interval = duration(fields, "evaluation_interval", DURATION);
        List<String> order = texts(fields, "group_eval_order");
        Set<String> seen = new HashSet<>();
        order.forEach(group -> {
            if (!seen.add(group)) {
                fields.problem(fields.keyMark("group_eval_order"), "group name repeated in evaluation order: " + group);
            }
        });
        List<Test> tests = new ArrayList<>();
        for (ConfigNode test : fields.list("tests")) {
            tests.add(test(fields(test, "main.testGroup", TEST_KEYS), interval));
        }
        return new RuleTestFile(
                texts(fields, "rule_files"), interval, order, fields.flag("fuzzy_compare", false), tests);
    }

    private Test test(Fields fields, long evaluationInterval) {
        List<Input> series = new ArrayList<>();
        for (ConfigNode item : fields.list("input_series")) {
            Fields input = fields(item, "main.series", List.of("series", "values"));
            series.add(new Input(
                    input.text("series"),
                    input.text("values"),
                    input.mark("series").line()));
        }
        List<AlertCheck> alerts = new ArrayList<>();
        for (ConfigNode item : fields.list("alert_rule_test")) {
            alerts.add(alertCheck(fields(item, "main.alertTestCase", List.of("eval_time", "alertname", "exp_alerts"))));
        }
        List<QueryCheck> queries = new ArrayList<>();
        for (ConfigNode item : fields.list("promql_expr_test")) {
            queries.add(queryCheck(fields(item, "main.promqlTestCase", List.of("expr", "eval_time", "exp_samples"))));
        }
        long interval = duration(fields, "interval", "0");
        return new Test(
                fields.text("name"),
                interval == 0 ? evaluationInterval : interval,
                start(fields),
                series,
                alerts,
                queries,
                Labels.of(fields.texts("external_labels")),
                fields.text("external_url"));
    }

    private AlertCheck alertCheck(Fields fields) {
        long time = duration(fields, "eval_time", "0");
        String alert = fields.text("alertname");
        if (alert.isEmpty()) {
            fields.problem(
                    fields.mark(),
                    "an item under alert_rule_test misses required attribute alertname at eval_time "
                            + RuleTestFile.text(time));
        }
        List<ExpectedAlert> expected = new ArrayList<>();
        for (ConfigNode item : fields.list("exp_alerts")) {
            Fields one = fields(item, "main.alert", List.of("exp_labels", "exp_annotations"));
            expected.add(new ExpectedAlert(one.texts("exp_labels"), one.texts("exp_annotations")));
        }
        return new AlertCheck(time, alert, expected);
    }

    private QueryCheck queryCheck(Fields fields) {
        List<ExpectedSample> expected = new ArrayList<>();
        for (ConfigNode item : fields.list("exp_samples")) {
            Fields sample = fields(item, "main.sample", List.of("labels", "value", "histogram"));
            expected.add(
                    new ExpectedSample(sample.text("labels"), sample.number("value", 0), sample.text("histogram")));
        }
        return new QueryCheck(fields.text("expr"), duration(fields, "eval_time", "0"), expected);
    }

    private Fields fields(ConfigNode node, String type, List<String> keys) {
        return new Fields(node, type, keys, problems::add);
    }

    private static List<String> texts(Fields fields, String key) {
        return fields.scalars(key).stream().map(ConfigNode.Scalar::text).toList();
    }

    private static long duration(Fields fields, String key, String otherwise) {
        try {
            return PrometheusDuration.parse(fields.has(key) ? fields.text(key) : otherwise)
                    / PrometheusDuration.MILLISECOND;
        } catch (DurationException e) {
            fields.problem(fields.mark(key), String.valueOf(e.getMessage()));
            return 1;
        }
    }

    /** Seconds since 1970, or a date of RFC 3339. */
    private static long start(Fields fields) {
        if (!fields.has("start_timestamp")) {
            return 0;
        }
        String text = fields.text("start_timestamp");
        Double seconds = GoFloat.parse(text);
        if (seconds != null) {
            return Math.round(seconds * MILLIS);
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return instant.toEpochMilli();
        } catch (DateTimeParseException e) {
            fields.problem(fields.mark("start_timestamp"), "cannot parse \"" + text + "\" to a valid timestamp");
            return 0;
        }
    }
}
