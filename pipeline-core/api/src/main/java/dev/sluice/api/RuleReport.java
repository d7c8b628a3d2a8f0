package dev.sluice.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of one component at one moment, as a page shows them. Lists are as long as people read; {@link Totals} says how much there is. Immutable.
 * Times are milliseconds since 1970.
 *
 * @param series how many series the rules keep
 * @param refused how many samples of further series were refused
 * @param groups those whose last evaluation took longest first
 * @param rules those in bad health first, then those whose alerts fire, then those whose alerts are pending
 * @param changes of alerts, the last one first; not all there ever were
 */
public record RuleReport(
        int series,
        long refused,
        Totals totals,
        List<Group> groups,
        List<Rule> rules,
        List<Objective> objectives,
        List<Change> changes) {
    public RuleReport {
        groups = List.copyOf(groups);
        rules = List.copyOf(rules);
        objectives = List.copyOf(objectives);
        changes = List.copyOf(changes);
    }

    /**
     * How much there is of everything.
     *
     * @param failing rules in bad health
     * @param pending alerts, as is {@code firing}
     */
    public record Totals(int groups, int rules, int failing, int pending, int firing, int objectives) {}

    /**
     * One group of rules.
     *
     * @param file where it comes from
     * @param interval in milliseconds
     * @param evaluatedAt for which time it was last evaluated; 0 if it never was
     * @param took milliseconds of the loop's time that this evaluation needed
     * @param missed how many evaluations were left out for want of time since the start
     */
    public record Group(String name, String file, int rules, long interval, long evaluatedAt, long took, long missed) {}

    /**
     * One rule.
     *
     * @param health {@code ok}, {@code err} or {@code unknown}, as Prometheus says it
     * @param error why the health is {@code err}; else empty
     * @param evaluatedAt 0 if it never was
     * @param state of an alerting rule the furthest that any alert has got; else empty
     * @param threshold what the value is held against, such as {@code > 1.8}; empty where that is no number
     * @param results how many series the last evaluation recorded, or how many alerts are pending or firing
     * @param elements the first of them: alerts, or what is recorded
     */
    public record Rule(
            String group,
            String name,
            String expr,
            String health,
            String error,
            long evaluatedAt,
            String state,
            String threshold,
            int results,
            List<Element> elements) {
        public Rule {
            elements = List.copyOf(elements);
        }
    }

    /**
     * An element of a rule's result.
     *
     * @param state of an alert; else empty
     * @param value if it is a native histogram, its sum
     * @param count of a native histogram; NaN for other values
     * @param since when an alert's condition began to hold; else 0
     */
    public record Element(String labels, String state, double value, double count, long since) {}

    /**
     * A service level objective.
     *
     * @param target a ratio, such as 0.999
     * @param budgetLeft of the period's error budget, a ratio; NaN where it is not known
     * @param burnRates by window, such as {@code 5m}, in the order of the windows; 1 uses up just the budget
     */
    public record Objective(String name, double target, double budgetLeft, Map<String, Double> burnRates) {
        public Objective {
            burnRates = Collections.unmodifiableMap(new LinkedHashMap<>(burnRates));
        }
    }

    /** An alert got into a state. */
    public record Change(long at, String labels, String state, double value) {}
}
