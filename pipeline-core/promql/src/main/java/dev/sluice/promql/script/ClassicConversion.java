package dev.sluice.promql.script;

import dev.sluice.gotext.GoFloat;
import dev.sluice.promql.histogram.Buckets;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.histogram.ResetHint;
import dev.sluice.promql.series.Labels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes native histograms with custom bounds of the series of classic histograms, for {@code load_with_nhcb}. Source: prometheus util/convertnhcb.
 */
final class ClassicConversion {
    /** What is known of one histogram at one time. */
    private static final class Parts {
        private final TreeMap<Double, Double> cumulative = new TreeMap<>();
        private double count = Double.NaN;
        private double sum;
    }

    private final Map<Labels, TreeMap<Long, Parts>> histograms = new LinkedHashMap<>();

    void add(Labels labels, long time, double value) {
        String name = labels.metricName();
        if (name.endsWith("_bucket")) {
            Double bound = GoFloat.parse(labels.get(Labels.BUCKET));
            if (bound != null && !bound.isNaN()) {
                parts(labels, name, "_bucket", time).cumulative.putIfAbsent(bound, value);
            }
        } else if (name.endsWith("_count")) {
            parts(labels, name, "_count", time).count = value;
        } else if (name.endsWith("_sum")) {
            parts(labels, name, "_sum", time).sum = value;
        }
    }

    private Parts parts(Labels labels, String name, String suffix, long time) {
        Labels base =
                labels.without(Labels.BUCKET).with(Labels.NAME, name.substring(0, name.length() - suffix.length()));
        return histograms.computeIfAbsent(base, l -> new TreeMap<>()).computeIfAbsent(time, t -> new Parts());
    }

    /** Takes the histograms, each series in order of time. */
    interface Receiver {
        void histogram(Labels labels, long time, NativeHistogram histogram);
    }

    void convert(Receiver receiver) {
        histograms.forEach((labels, times) -> times.forEach((time, parts) -> {
            if (!parts.cumulative.isEmpty() || !Double.isNaN(parts.count)) {
                receiver.histogram(labels, time, histogram(parts));
            }
        }));
    }

    private static NativeHistogram histogram(Parts parts) {
        TreeMap<Double, Double> cumulative = parts.cumulative;
        double count = Double.isNaN(parts.count) ? cumulative.lastEntry().getValue() : parts.count;
        cumulative.putIfAbsent(Double.POSITIVE_INFINITY, count);
        double[] bounds = new double[cumulative.size() - 1];
        double[] counts = new double[cumulative.size()];
        double before = 0;
        int i = 0;
        for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
            if (i < bounds.length) {
                bounds[i] = bucket.getKey();
            }
            counts[i++] = bucket.getValue() - before;
            before = bucket.getValue();
        }
        return NativeHistogram.custom(ResetHint.UNKNOWN, count, parts.sum, bounds, Buckets.from(0, counts))
                .compact();
    }
}
