package dev.sluice.promql.eval;

import dev.sluice.promql.eval.Nodes.VectorNode;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;

/** Makes another vector element by element; names go. */
abstract class ElementNode implements VectorNode {
    private final VectorNode inner;
    private final Vector out = new Vector();
    private final SameLabels sameLabels = new SameLabels();

    ElementNode(VectorNode inner) {
        this.inner = inner;
    }

    @Override
    public Vector vector(long time, Run run) {
        out.clear();
        Vector in = inner.vector(time, run);
        begin(time, run);
        for (int i = 0; i < in.size(); i++) {
            map(in, i, run);
        }
        if (!run.keepsNames()) {
            sameLabels.check(out);
        }
        return out;
    }

    /** Before the first element of an evaluation. */
    void begin(long time, Run run) {}

    /** Gives what is made of an element, if anything. */
    abstract void map(Vector in, int i, Run run);

    void give(Vector in, int i, double value, Run run) {
        out.add(labels(in, i, run), value, true);
    }

    void give(Vector in, int i, NativeHistogram histogram, Run run) {
        out.add(labels(in, i, run), 0, histogram, true);
    }

    private static Labels labels(Vector in, int i, Run run) {
        return run.keepsNames() ? in.labels(i) : in.labels(i).anonymous();
    }
}
