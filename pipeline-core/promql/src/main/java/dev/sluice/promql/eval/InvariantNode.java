package dev.sluice.promql.eval;

import dev.sluice.promql.eval.Nodes.VectorNode;
import org.jspecify.annotations.Nullable;

/** Evaluates once a run what gives the same at every step. */
final class InvariantNode implements VectorNode {
    private final VectorNode inner;
    private @Nullable Run lastRun;
    private Vector result = new Vector();

    InvariantNode(VectorNode inner) {
        this.inner = inner;
    }

    @Override
    public Vector vector(long time, Run run) {
        if (run != lastRun) {
            result = inner.vector(time, run);
            lastRun = run;
        }
        return result;
    }
}
