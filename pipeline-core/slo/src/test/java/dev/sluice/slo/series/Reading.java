package dev.sluice.slo.series;

import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.syntax.ParseException;
import java.util.List;
import java.util.stream.IntStream;

/** Rules for tests: alerts {@code R0}, {@code R1}, ... on expressions. */
public final class Reading {
    /** The expression of the rule that has to run verbatim. */
    public static final String HIGH_LATENCY =
            "histogram_quantile(0.95, sum(rate(http_request_duration_seconds_bucket{job=\"api-gateway\"}[5m])) by (le, path)) > 1.8";

    /** The allowed lateness and an interval, as by default. */
    static final long SLACK = 20_000;

    private Reading() {}

    public static RuleSelectors of(String... expressions) {
        return of(QueryOptions.DEFAULT, expressions);
    }

    static RuleSelectors of(QueryOptions options, String... expressions) {
        try {
            return RuleSelectors.of(List.of(group(options, expressions)), SLACK);
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    private static GroupSpec group(QueryOptions options, String... expressions) {
        List<RuleSpec> rules = IntStream.range(0, expressions.length)
                .<RuleSpec>mapToObj(
                        i -> new RuleSpec.Alerting("R" + i, expressions[i], Labels.EMPTY, Labels.EMPTY, 120_000, 0))
                .toList();
        return new GroupSpec("rules.yml", "g", 15_000, 0, 0, options, rules);
    }
}
