package dev.sluice.slo.series;

import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.rules.RuleSpec;

/** A rule as a reader of series: the one at a place of a group. */
public record WatchedRule(GroupSpec group, int index) {
    public RuleSpec spec() {
        return group.rules().get(index);
    }

    /** The metric recorded, or the alert. */
    public String name() {
        return spec().name();
    }

    @Override
    public String toString() {
        return group.file() + ";" + group.name() + ";" + name();
    }
}
