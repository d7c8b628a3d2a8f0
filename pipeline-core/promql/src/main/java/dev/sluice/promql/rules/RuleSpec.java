package dev.sluice.promql.rules;

import dev.sluice.promql.series.Labels;

/** A rule as written. */
public sealed interface RuleSpec {
    /** The name of the metric recorded, or of the alert. */
    String name();

    String expr();

    /** What is set on each result. */
    Labels labels();

    record Recording(String name, String expr, Labels labels) implements RuleSpec {}

    /**
     * @param labels templates
     * @param annotations templates
     * @param holdFor for how many milliseconds the condition must hold before the alert fires
     * @param keepFiringFor for how many milliseconds the alert goes on firing when the condition no longer holds
     */
    record Alerting(String name, String expr, Labels labels, Labels annotations, long holdFor, long keepFiringFor)
            implements RuleSpec {}

    /** By this a rule is recognised in a newer version of its file. */
    default String identity() {
        return name() + labels();
    }
}
