package dev.sluice.promql.rules;

import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.MemorySeries;
import dev.sluice.promql.series.Series;
import dev.sluice.promql.syntax.ParseException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group of rules, the series that it reads and writes, and the alerts that its last evaluation sent. */
final class RuleStage {
    static final long SECOND = 1000;
    static final long MINUTE = 60 * SECOND;

    final MemorySeries series = new MemorySeries();
    final List<Alert> sent = new ArrayList<>();

    static RuleGroup group(long interval, int limit, long queryOffset, RuleSpec... rules) throws ParseException {
        return new RuleGroup(
                new GroupSpec("rules.yml", "g", interval, limit, queryOffset, QueryOptions.DEFAULT, List.of(rules)),
                new AlertTemplates(Labels.EMPTY, URI.create("http://sluice.example"), (query, time) -> List.of()));
    }

    static RuleSpec.Alerting alert(String expr, long holdFor, long keepFiringFor) {
        return new RuleSpec.Alerting(
                "Down",
                expr,
                Labels.of("severity", "page"),
                Labels.of("summary", "{{ $labels.job }} is down"),
                holdFor,
                keepFiringFor);
    }

    static RuleSpec.Recording record(String name, String expr) {
        return new RuleSpec.Recording(name, expr, Labels.of("by", "rule"));
    }

    int evaluate(RuleGroup group, long time) {
        sent.clear();
        return group.evaluate(series, time, this::write, (rule, alerts) -> sent.addAll(alerts), MINUTE);
    }

    boolean write(Labels labels, long time, double value, @Nullable NativeHistogram histogram) {
        return series.series(labels).add(time, 0, value, histogram);
    }

    void put(Labels labels, long time, double value) {
        series.series(labels).add(time, value);
    }

    void up(String job, long time, double value) {
        put(Labels.of("__name__", "up", "job", job), time, value);
    }

    static List<Alert> alerts(RuleGroup group) {
        return alerts(group, 0);
    }

    static List<Alert> alerts(RuleGroup group, int rule) {
        return ((AlertingRule) group.rules().get(rule)).alerts();
    }

    static AlertState state(RuleGroup group) {
        return ((AlertingRule) group.rules().getFirst()).state();
    }

    /** The last value of a series; NaN where it has ended or never was. */
    double last(Labels labels) {
        Series found = series.find(labels);
        if (found == null) {
            return Double.NaN;
        }
        double value = found.value(found.to() - 1);
        return Series.stale(value) ? Double.NaN : value;
    }

    static Labels alertSeries(String state) {
        return Labels.of(
                "__name__", "ALERTS", "alertname", "Down", "alertstate", state, "job", "a", "severity", "page");
    }
}
