package dev.sluice.promql.eval;

/** What the parts of a plan give. A node belongs to one plan and reuses what it has given once it is asked again. */
final class Nodes {
    private Nodes() {}

    /** Gives a number. */
    @FunctionalInterface
    interface ScalarNode {
        double scalar(long time, Run run);
    }

    /** Gives an instant vector, valid until the next call. */
    @FunctionalInterface
    interface VectorNode {
        Vector vector(long time, Run run);
    }

    /** Gives ranges of samples, one series after the other. */
    interface MatrixNode {
        /** Finds the series for a time of evaluation; the next calls are about these. */
        Windows windows(long time, Run run);
    }
}
