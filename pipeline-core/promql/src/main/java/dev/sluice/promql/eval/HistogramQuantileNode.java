package dev.sluice.promql.eval;

import dev.sluice.gotext.GoFloat;
import dev.sluice.promql.eval.ClassicHistograms.Group;
import dev.sluice.promql.eval.Nodes.ScalarNode;
import dev.sluice.promql.eval.Nodes.VectorNode;
import dev.sluice.promql.histogram.HistogramQuantile;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.syntax.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code histogram_quantile} and {@code histogram_quantiles}, of classic and native histograms. */
final class HistogramQuantileNode implements VectorNode {
    /** So many label sets are remembered with the quantile in them; then all are forgotten. */
    private static final int REMEMBERED = 100_000;

    private final VectorNode inner;
    private final List<ScalarNode> quantiles;
    private final List<Span> quantileSpans;
    private final Span span;
    private final @Nullable String label;
    private final ClassicHistograms classic;
    private final Vector out = new Vector();
    private final SameLabels sameLabels = new SameLabels();
    private final Map<Labels, Map<String, Labels>> labelled = new HashMap<>();

    /**
     * @param span where the vector stands in the query
     * @param label the label that shows the quantile, or {@code null} for none
     */
    HistogramQuantileNode(
            VectorNode inner, Span span, List<ScalarNode> quantiles, List<Span> quantileSpans, @Nullable String label) {
        this.inner = inner;
        this.span = span;
        this.quantiles = quantiles;
        this.quantileSpans = quantileSpans;
        this.label = label;
        this.classic = new ClassicHistograms(span);
    }

    @Override
    public Vector vector(long time, Run run) {
        out.clear();
        double[] qs = new double[quantiles.size()];
        for (int i = 0; i < qs.length; i++) {
            qs[i] = quantiles.get(i).scalar(time, run);
            if (Quantile.invalid(qs[i])) {
                run.note(Notes.invalidQuantile(qs[i], quantileSpans.get(i)));
            }
        }
        Vector in = inner.vector(time, run);
        List<Group> groups = classic.of(in, run);
        for (double q : qs) {
            for (int i = 0; i < in.size(); i++) {
                NativeHistogram histogram = in.histogram(i);
                if (histogram != null && classic.alone(in, i)) {
                    give(in.labels(i), q, quantile(q, histogram, in.labels(i), run), run);
                }
            }
            for (Group group : groups) {
                if (!ClassicHistograms.conflicts(group)) {
                    give(group.labels(), q, quantile(q, group, in, time, run), run);
                }
            }
        }
        if (!run.keepsNames()) {
            sameLabels.check(out);
        }
        return out;
    }

    private double quantile(double q, NativeHistogram histogram, Labels labels, Run run) {
        HistogramQuantile result = HistogramQuantile.of(q, histogram);
        String metric = named(labels.metricName(), run);
        switch (result.note()) {
            case NONE -> {}
            case NAN_RESULT -> run.note(Notes.quantileNanResult(metric, span));
            case NAN_SKEW -> run.note(Notes.quantileNanSkew(metric, span));
        }
        return result.value();
    }

    private static String named(String metric, Run run) {
        return run.keepsNames() ? metric : "";
    }

    private double quantile(double q, Group group, Vector in, long time, Run run) {
        Buckets buckets = group.buckets(in);
        double result = buckets.quantile(q);
        if (buckets.forced()) {
            String metric = named(group.labels().metricName(), run);
            run.note(Notes.forcedMonotonicity(metric, span, buckets.detail(time)));
        }
        return result;
    }

    private void give(Labels labels, double q, double value, Run run) {
        Labels own = run.keepsNames() ? labels : labels.anonymous();
        out.add(label == null ? own : labelled(own, q), value, true);
    }

    private Labels labelled(Labels labels, double q) {
        String text = GoFloat.openMetrics(q);
        if (labelled.size() > REMEMBERED) {
            labelled.clear();
        }
        return labelled.computeIfAbsent(labels, l -> new HashMap<>())
                .computeIfAbsent(text, t -> labels.with(String.valueOf(label), t));
    }
}
