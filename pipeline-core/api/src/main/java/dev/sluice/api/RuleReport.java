package dev.sluice.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of one component at one moment, as a page shows them. Immutable. Times are milliseconds since 1970.
 *
 * @param series how many series the rules keep
 * @param refused how many samples of further series were refused
 * @param changes of alerts, the last one first; not all there ever were
 */
public record RuleReport(int series, long refused, List<Rule> rules, List<Objective> objectives, List<Change> changes) {
    public RuleReport {
        rules = List.copyOf(rules);
        objectives = List.copyOf(objectives);
        changes = List.copyOf(changes);
    }

    /**
     * One rule.
     *
     * @param health {@code ok}, {@code err} or {@code unknown}, as Prometheus says it
     * @param error why the health is {@code err}; else empty
     * @param evaluatedAt 0 if it never was
     * @param state of an alerting rule the furthest that any alert has got; else empty
     * @param threshold what the value is held against, such as {@code > 1.8}; empty where that is no number
     * @param results how many elements the last evaluation had
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
     * @param since when an alert's condition began to hold; else 0
     */
    public record Element(String labels, String state, double value, long since) {}

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
