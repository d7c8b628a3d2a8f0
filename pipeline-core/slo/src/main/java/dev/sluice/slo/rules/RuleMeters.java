package dev.sluice.slo.rules;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Meters;
import dev.sluice.api.Meters.Counter;
import dev.sluice.api.Meters.Gauge;
import dev.sluice.api.Meters.Histogram;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.RuleGroup;
import dev.sluice.slo.series.SampleLoss;
import dev.sluice.slo.series.StoreListener;
import dev.sluice.slo.series.WatchedRule;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** What a set of rules tells of itself. On its loop. */
final class RuleMeters implements StoreListener {
    private static final double[] SECONDS = {0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 15, 20, 30, 43, 60, 120, 300};
    /** Of a rule's evaluation: a millisecond is usual, and the loop's turn is twenty. */
    private static final double[] WORK = {
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5
    };

    private static final double MILLIS = 1000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long NANOS = 1_000_000;

    /** As long as PromQL looks back for a series' last sample, one that was refused is missing. */
    private static final long BLIND = QueryOptions.DEFAULT.lookback();

    private final ComponentContext context;
    private final Meters meters;
    private final Map<SampleLoss, Counter> losses = new EnumMap<>(SampleLoss.class);
    private final Histogram detect;
    private final Histogram fire;
    private final Histogram ruleDuration;
    private final Gauge series;
    private final Gauge paneGroups;
    /** When a sample of a rule's series was last refused, in milliseconds since 1970, by the words for the rule. */
    private final Map<String, Long> refusedAt = new HashMap<>();

    private long refused;

    RuleMeters(ComponentContext context) {
        this.context = context;
        meters = context.meters();
        for (SampleLoss loss : SampleLoss.values()) {
            losses.put(
                    loss,
                    meters.counter(
                            "rule_engine_samples_dropped",
                            "{sample}",
                            "Samples that rules do not see.",
                            Map.of("reason", loss.key())));
        }
        detect = meters.histogram(
                "slo_detect_latency_seconds",
                "s",
                "Time from the sample that makes an expression true until the alert is pending.",
                Map.of(),
                SECONDS);
        fire = meters.histogram(
                "slo_fire_latency_seconds",
                "s",
                "Time from when an alert is due to fire until it fires.",
                Map.of(),
                SECONDS);
        ruleDuration = meters.histogram(
                "rule_evaluation_duration_seconds",
                "s",
                "Time that the loop spends on one evaluation of a rule.",
                Map.of(),
                WORK);
        series = meters.gauge("rule_engine_series", "{series}", "Series that are kept for rules.", Map.of());
        paneGroups = meters.gauge(
                "rule_engine_pane_groups", "{group}", "Groups of long windows that are kept in panes.", Map.of());
    }

    @Override
    public void rejected(WatchedRule rule) {
        String name = rule.toString();
        refused++;
        meters.counter(
                        "rule_engine_series_rejected",
                        "{sample}",
                        "Samples of new series that were refused since max_series are kept, and series that long windows lack since they have max_groups_per_rule groups.",
                        Map.of("rule", name))
                .add(1);
        long now = Math.floorDiv(context.clock().epochNanos(), NANOS);
        Long before = refusedAt.put(name, now);
        if (before == null || now - before >= BLIND) {
            context.log()
                    .warn(
                            "Rule {} does not see all of its series: max_series are kept already, or max_groups_per_rule groups of a long window",
                            name);
        }
    }

    /** Samples of new series that were refused, counted for each rule. */
    long refused() {
        return refused;
    }

    /** Whether a rule has not seen all of its series in an evaluation for that time. */
    boolean blind(WatchedRule rule, long evaluatedAt) {
        Long last = refusedAt.isEmpty() ? null : refusedAt.get(rule.toString());
        return last != null && evaluatedAt < last + BLIND;
    }

    @Override
    public void dropped(SampleLoss reason) {
        Counter counter = losses.get(reason);
        if (counter != null) {
            counter.add(1);
        }
    }

    void missed(RuleGroup group, long iterations) {
        if (iterations > 0) {
            meters.counter(
                            "rule_group_iterations_missed",
                            "{iteration}",
                            "Evaluations that were left out since there was no time for them.",
                            Map.of("rule_group", group.toString()))
                    .add(iterations);
        }
    }

    /** A rule was evaluated, which kept the loop for so many nanoseconds. */
    void ruleEvaluated(long nanos) {
        ruleDuration.record(nanos / NANOS_PER_SECOND);
    }

    /** @param nanos for how long it kept the loop */
    void evaluated(RuleGroup group, int failures, long nanos) {
        meters.counter(
                        "rule_group_iterations",
                        "{iteration}",
                        "Evaluations of the group.",
                        Map.of("rule_group", group.toString()))
                .add(1);
        meters.counter(
                        "rule_evaluation_failures",
                        "{evaluation}",
                        "Evaluations of rules that failed.",
                        Map.of("rule_group", group.toString()))
                .add(failures);
        meters.gauge(
                        "rule_group_last_duration_seconds",
                        "s",
                        "Time that the loop spent on the last evaluation of the group.",
                        Map.of("rule_group", group.toString()))
                .set(nanos / NANOS_PER_SECOND);
    }

    /** What is kept: series, and groups of long windows. */
    void kept(int seriesCount, int groupCount) {
        series.set(seriesCount);
        paneGroups.set(groupCount);
    }

    void detected(long millis) {
        detect.record(Math.max(0, millis) / MILLIS);
    }

    void fired(long millis) {
        fire.record(Math.max(0, millis) / MILLIS);
    }
}
