package dev.sluice.promql.eval;

import dev.sluice.promql.eval.Nodes.VectorNode;
import dev.sluice.promql.series.WindowSums;

/** A sum over a long range, taken from the source where it keeps that sum, and else made of its samples. */
final class WindowSumNode implements VectorNode {
    private final LongRange range;
    private final VectorNode ofSamples;
    private final Vector out = new Vector();

    WindowSumNode(LongRange range, VectorNode ofSamples) {
        this.range = range;
        this.ofSamples = ofSamples;
    }

    @Override
    public Vector vector(long time, Run run) {
        WindowSums sums = run.source().sums(range.sum());
        if (sums == null) {
            return ofSamples.vector(time, run);
        }
        out.clear();
        double divisor = range.divisor();
        sums.visit(time, (labels, value) -> out.add(labels, value / divisor, true));
        return out;
    }
}
