package dev.sluice.slo.spec;

import dev.sluice.yaml.Mark;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A service level objective.
 *
 * @param format that it is written in
 * @param objective percent of events that must be good, above 0 and at most 100
 * @param labels of all series and rules that it gives
 * @param minEvents alerts need more events than this in their long window; 0 for any number
 * @param mark where it was written
 */
record Slo(
        String service,
        String name,
        String format,
        double objective,
        Windows windows,
        Map<String, String> labels,
        Sli sli,
        List<Alert> alerts,
        long minEvents,
        Mark mark) {
    Slo {
        alerts = List.copyOf(alerts);
    }

    /** By this an objective is known, as in Sloth. */
    String id() {
        return service + "-" + name;
    }

    /** The share of events that may be bad, between 0 and 1. */
    double budget() {
        return (100 - objective) / 100;
    }

    /** Reports alerts that can never fire. */
    void check(Consumer<String> problems) {
        for (Alert alert : alerts) {
            if (alert.when() instanceof When.Burns burns) {
                burns.any().forEach(rate -> rate.check(budget(), problems));
            }
        }
    }

    /** How the share of bad events is measured. Queries have <code>{{.window}}</code> in place of their range. */
    sealed interface Sli {
        /** Two rates, of bad events and of all. */
        record Events(String errorQuery, String totalQuery) implements Sli {}

        /** The share itself. */
        record Raw(String errorRatioQuery) implements Sli {}
    }

    /** An alert about an objective. */
    record Alert(
            String name, When when, Duration holdFor, Map<String, String> labels, Map<String, String> annotations) {}

    /** When an alert fires. */
    sealed interface When {
        /** The budget burns in any of these ways. */
        record Burns(List<BurnRate> any) implements When {}

        /** There is no ratio of errors over a window. */
        record NoData(Duration window) implements When {}
    }
}
