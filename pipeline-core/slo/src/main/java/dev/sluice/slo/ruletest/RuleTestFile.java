package dev.sluice.slo.ruletest;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.text.PrometheusDuration;
import java.util.List;
import java.util.Map;

/**
 * A file of unit tests as written. Source: prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules. Times are in milliseconds.
 *
 * @param ruleFiles paths or globs, relative to the file
 * @param groupOrder names of groups that are evaluated in this order, before those that are not named
 * @param fuzzy whether values may differ in their last bit
 */
public record RuleTestFile(
        List<String> ruleFiles, long evaluationInterval, List<String> groupOrder, boolean fuzzy, List<Test> tests) {
    /**
     * One test with series of its own.
     *
     * @param name may be empty
     * @param start when the first values are, and what the times of the checks count from
     */
    record Test(
            String name,
            long interval,
            long start,
            List<Input> series,
            List<AlertCheck> alerts,
            List<QueryCheck> queries,
            Labels externalLabels,
            String externalUrl) {
        /** Until when rules must be evaluated, counted from the start. */
        long duration() {
            long alerting = alerts.stream().mapToLong(AlertCheck::time).max().orElse(0);
            long asking = queries.stream().mapToLong(QueryCheck::time).max().orElse(0);
            return Math.max(alerting, asking);
        }
    }

    /** A series in the notation of test scripts, with the line that its values stand in. */
    record Input(String series, String values, int line) {}

    /** Which alerts of a name must fire at a time. */
    record AlertCheck(long time, String alert, List<ExpectedAlert> expected) {}

    record ExpectedAlert(Map<String, String> labels, Map<String, String> annotations) {}

    /** What a query must give at a time. */
    record QueryCheck(String query, long time, List<ExpectedSample> expected) {}

    /** @param histogram in the notation of test scripts; where not empty, the value is of no meaning */
    record ExpectedSample(String labels, double value, String histogram) {}

    /** A time as files of Prometheus write durations. */
    static String text(long millis) {
        return PrometheusDuration.text(millis * PrometheusDuration.MILLISECOND);
    }
}
