package dev.sluice.slo.ruletest;

import dev.sluice.gotext.GoString;
import dev.sluice.promql.eval.EvalException;
import dev.sluice.promql.eval.Query;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.eval.QueryValue;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.rules.Alert;
import dev.sluice.promql.rules.AlertState;
import dev.sluice.promql.rules.AlertTemplates;
import dev.sluice.promql.rules.AlertingRule;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.rules.Rule;
import dev.sluice.promql.rules.RuleGroup;
import dev.sluice.promql.rules.RuleHealth;
import dev.sluice.promql.rules.SourceQueries;
import dev.sluice.promql.script.ScriptException;
import dev.sluice.promql.script.SeriesLoad;
import dev.sluice.promql.script.SeriesNotation;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.MemorySeries;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.slo.ruletest.RuleTestFile.AlertCheck;
import dev.sluice.slo.ruletest.RuleTestFile.Input;
import dev.sluice.slo.ruletest.RuleTestFile.QueryCheck;
import dev.sluice.slo.ruletest.RuleTestFile.Test;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs one test: evaluates the rules at every interval, checks the alerts on the way and the queries at the end. */
final class RuleTestRun {
    private final RuleTestFile file;
    private final Test test;
    private final QueryOptions options;
    private final MemorySeries series = new MemorySeries();
    private final SeriesLoad input;
    private final List<RuleGroup> groups = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    private RuleTestRun(RuleTestFile file, Test test) {
        this.file = file;
        this.test = test;
        options = QueryOptions.DEFAULT.withSubqueryStep(file.evaluationInterval());
        input = new SeriesLoad(test.start(), test.interval());
    }

    /** What is wrong, in promtool's words; nothing if the test passes. */
    static List<String> failures(RuleTestFile file, Test test, List<GroupSpec> groups) {
        RuleTestRun run = new RuleTestRun(file, test);
        try {
            for (Input one : test.series()) {
                run.input.add(SeriesNotation.parse(one.series() + " " + one.values(), one.line()));
            }
            AlertTemplates templates = new AlertTemplates(
                    test.externalLabels(), URI.create(test.externalUrl()), new SourceQueries(run.series, run.options));
            for (GroupSpec spec : run.ordered(groups)) {
                run.groups.add(new RuleGroup(spec, templates));
            }
        } catch (ScriptException | ParseException | IllegalArgumentException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
        if (run.evaluate()) {
            test.queries().forEach(run::check);
        }
        return run.failures;
    }

    private List<GroupSpec> ordered(List<GroupSpec> specs) {
        Comparator<GroupSpec> byOrder =
                Comparator.comparingInt(spec -> Math.max(0, file.groupOrder().indexOf(spec.name())));
        return specs.stream()
                .map(spec -> new GroupSpec(
                        spec.file(),
                        spec.name(),
                        spec.interval(),
                        spec.limit(),
                        spec.queryOffset(),
                        options,
                        spec.rules()))
                .sorted(byOrder)
                .toList();
    }

    /** Whether all rules could be evaluated. */
    private boolean evaluate() {
        long interval = file.evaluationInterval();
        for (long passed = 0; passed <= test.duration(); passed += interval) {
            long time = test.start() + passed;
            input.until(time, series);
            int before = failures.size();
            for (RuleGroup group : groups) {
                group.evaluate(
                        series,
                        time,
                        (labels, at, value, histogram) -> series.series(labels).add(at, 0, value, histogram),
                        (rule, alerts) -> {},
                        interval);
                group.rules().forEach(rule -> failed(rule, time));
            }
            if (failures.size() > before) {
                return false;
            }
            for (AlertCheck check : test.alerts()) {
                if (passed <= check.time() && check.time() < passed + interval) {
                    check(check);
                }
            }
        }
        return true;
    }

    private void failed(Rule rule, long time) {
        if (rule.health() == RuleHealth.BAD) {
            failures.add("    rule: %s, time: %s, err: %s"
                    .formatted(rule.spec().name(), RuleTestFile.text(time), rule.error()));
        }
    }

    private void check(AlertCheck check) {
        List<FiringAlert> got = new ArrayList<>();
        for (RuleGroup group : groups) {
            for (Rule rule : group.rules()) {
                if (rule instanceof AlertingRule alerting
                        && alerting.spec().name().equals(check.alert())) {
                    alerting.alerts().stream()
                            .filter(alert -> alert.state() == AlertState.FIRING)
                            .map(FiringAlert::of)
                            .forEach(got::add);
                }
            }
        }
        List<FiringAlert> expected = new ArrayList<>(check.expected().stream()
                .map(one -> new FiringAlert(
                        Labels.of(one.labels()).with("alertname", check.alert()), Labels.of(one.annotations())))
                .toList());
        got.sort(FiringAlert.ORDER);
        expected.sort(FiringAlert.ORDER);
        if (!got.equals(expected)) {
            failures.add("%s    alertname: %s, time: %s, %n        exp:%s, %n        got:%s"
                    .formatted(
                            test.name().isEmpty() ? "" : "    name: " + test.name() + ",\n",
                            check.alert(),
                            RuleTestFile.text(check.time()),
                            FiringAlert.text(expected),
                            FiringAlert.text(got)));
        }
    }

    private void check(QueryCheck check) {
        String where =
                "    expr: " + GoString.quote(check.query()) + ", time: " + RuleTestFile.text(check.time()) + ",";
        List<ResultSample> expected;
        try {
            expected = new ArrayList<>(ResultSample.expected(check.expected()));
        } catch (ParseException | ScriptException e) {
            failures.add(where + " err: " + e.getMessage());
            return;
        }
        List<ResultSample> got = query(check, where);
        if (got == null) {
            return;
        }
        got.sort(ResultSample.ORDER);
        expected.sort(ResultSample.ORDER);
        boolean same = got.size() == expected.size();
        for (int i = 0; same && i < got.size(); i++) {
            same = got.get(i).equals(expected.get(i), file.fuzzy());
        }
        if (!same) {
            failures.add(where + "\n        exp: " + ResultSample.text(expected) + "\n        got: "
                    + ResultSample.text(got));
        }
    }

    /** The query's result; null where it has none, which is a failure. */
    private @Nullable List<ResultSample> query(QueryCheck check, String where) {
        List<ResultSample> got = new ArrayList<>();
        try {
            QueryValue value = Query.compile(check.query(), options)
                    .at(series, test.start() + check.time())
                    .value();
            switch (value) {
                case QueryValue.VectorValue vector -> {
                    for (int i = 0; i < vector.vector().size(); i++) {
                        NativeHistogram histogram = vector.vector().histogram(i);
                        got.add(new ResultSample(
                                vector.vector().labels(i), vector.vector().value(i), histogram));
                    }
                }
                case QueryValue.ScalarValue scalar -> got.add(new ResultSample(Labels.EMPTY, scalar.value(), null));
                case QueryValue.StringValue _, QueryValue.MatrixValue _ -> {
                    failures.add(where + " err: rule result is not a vector or scalar");
                    return null;
                }
            }
            return got;
        } catch (ParseException | EvalException e) {
            failures.add(where + " err: " + e.getMessage());
            return null;
        }
    }

    /** An alert by what a test can say of it. */
    private record FiringAlert(Labels labels, Labels annotations) {
        private static final Comparator<FiringAlert> ORDER =
                Comparator.comparing(FiringAlert::labels).thenComparing(FiringAlert::annotations);
        private static final String INDENT = "\n" + " ".repeat(12);

        static FiringAlert of(Alert alert) {
            return new FiringAlert(alert.labels(), alert.annotations());
        }

        static String text(List<FiringAlert> alerts) {
            if (alerts.isEmpty()) {
                return "[]";
            }
            StringBuilder out = new StringBuilder("[");
            for (int i = 0; i < alerts.size(); i++) {
                out.append(i == 0 ? "" : ",").append(INDENT).append(i).append(':');
                out.append(INDENT).append("  Labels:").append(alerts.get(i).labels);
                out.append(INDENT).append("  Annotations:").append(alerts.get(i).annotations);
            }
            return out.append(INDENT).append(']').toString();
        }
    }
}
