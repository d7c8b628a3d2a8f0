package dev.sluice.promql.series;

/** The groups of a {@link WindowSum}, as a source has kept them. */
@FunctionalInterface
public interface WindowSums {
    /**
     * Visits the groups that have anything in the window that ends at that time.
     *
     * @param time milliseconds since 1970, inclusive
     */
    void visit(long time, Visitor visitor);

    /** Hears of groups. */
    @FunctionalInterface
    interface Visitor {
        /** @param labels the same object each time, while the group lives */
        void sum(Labels labels, double value);
    }
}
