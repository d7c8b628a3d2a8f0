package dev.sluice.promql.eval;

import dev.sluice.promql.eval.ClassicHistograms.Group;
import dev.sluice.promql.eval.Nodes.ScalarNode;
import dev.sluice.promql.eval.Nodes.VectorNode;
import dev.sluice.promql.histogram.HistogramFraction;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.syntax.Span;
import java.util.List;

/** {@code histogram_fraction}, of classic and native histograms. */
final class HistogramFractionNode implements VectorNode {
    private final ScalarNode lower;
    private final ScalarNode upper;
    private final VectorNode inner;
    private final Span span;
    private final ClassicHistograms classic;
    private final Vector out = new Vector();
    private final SameLabels sameLabels = new SameLabels();

    /** @param span where the vector stands in the query */
    HistogramFractionNode(ScalarNode lower, ScalarNode upper, VectorNode inner, Span span) {
        this.lower = lower;
        this.upper = upper;
        this.inner = inner;
        this.span = span;
        this.classic = new ClassicHistograms(span);
    }

    @Override
    public Vector vector(long time, Run run) {
        out.clear();
        double from = lower.scalar(time, run);
        double to = upper.scalar(time, run);
        Vector in = inner.vector(time, run);
        List<Group> groups = classic.of(in, run);
        for (int i = 0; i < in.size(); i++) {
            NativeHistogram histogram = in.histogram(i);
            if (histogram != null && classic.alone(in, i)) {
                HistogramFraction result = HistogramFraction.of(from, to, histogram);
                if (result.nanObservations()) {
                    String metric = run.keepsNames() ? in.labels(i).metricName() : "";
                    run.note(Notes.fractionNans(metric, span));
                }
                give(in.labels(i), result.value(), run);
            }
        }
        for (Group group : groups) {
            if (!ClassicHistograms.conflicts(group)) {
                give(group.labels(), group.buckets(in).fraction(from, to), run);
            }
        }
        if (!run.keepsNames()) {
            sameLabels.check(out);
        }
        return out;
    }

    private void give(Labels labels, double value, Run run) {
        out.add(run.keepsNames() ? labels : labels.anonymous(), value, true);
    }
}
