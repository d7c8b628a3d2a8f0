package dev.sluice.slo.spec;

import dev.sluice.yaml.Mark;
import java.util.Map;

/**
 * A service level objective.
 *
 * @param objective percent of events that must be good, between 0 and 100
 * @param days how long the period is that the budget is for
 * @param labels of all series and rules that it gives
 * @param minEvents alerts need more events than this in their long window; 0 for any number
 * @param mark where it was written
 */
public record Slo(
        String service,
        String name,
        double objective,
        int days,
        Map<String, String> labels,
        Sli sli,
        Alerting alerting,
        long minEvents,
        Mark mark) {
    /** By this an objective is known, as in Sloth. */
    public String id() {
        return service + "-" + name;
    }

    /** The share of events that may be bad, between 0 and 1. */
    public double budget() {
        return (100 - objective) / 100;
    }

    /** How the share of bad events is measured. Queries have <code>{{.window}}</code> in place of their range. */
    public sealed interface Sli {
        /** Two rates, of bad events and of all. */
        record Events(String errorQuery, String totalQuery) implements Sli {}

        /** The share itself. */
        record Raw(String errorRatioQuery) implements Sli {}
    }

    /** The alerts of an objective. */
    public record Alerting(
            String name, Map<String, String> labels, Map<String, String> annotations, Severity page, Severity ticket) {}

    /** One of the two alerts. */
    public record Severity(boolean disabled, Map<String, String> labels, Map<String, String> annotations) {}
}
