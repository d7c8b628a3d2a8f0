package dev.sluice.slo.series;

import dev.sluice.promql.histogram.Buckets;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.histogram.ResetHint;
import dev.sluice.slo.state.StateReader;
import dev.sluice.slo.state.StateWriter;
import java.io.IOException;

/** Writes native histograms and reads them again. */
final class HistogramState {
    private HistogramState() {}

    static void write(NativeHistogram histogram, StateWriter out) {
        out.text(histogram.hint().name());
        out.number(histogram.schema());
        out.value(histogram.zeroThreshold());
        out.value(histogram.zeroCount());
        out.value(histogram.count());
        out.value(histogram.sum());
        write(histogram.positive(), out);
        write(histogram.negative(), out);
        out.number(histogram.bounds().length);
        for (double bound : histogram.bounds()) {
            out.value(bound);
        }
    }

    static NativeHistogram read(StateReader in) throws IOException {
        ResetHint hint = ResetHint.valueOf(in.text());
        int schema = (int) in.number();
        double zeroThreshold = in.value();
        double zeroCount = in.value();
        double count = in.value();
        double sum = in.value();
        Buckets positive = readBuckets(in);
        Buckets negative = readBuckets(in);
        double[] bounds = new double[in.count()];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = in.value();
        }
        return schema == NativeHistogram.CUSTOM
                ? NativeHistogram.custom(hint, count, sum, bounds, positive)
                : NativeHistogram.exponential(hint, schema, zeroThreshold, zeroCount, count, sum, positive, negative);
    }

    private static void write(Buckets buckets, StateWriter out) {
        out.number(buckets.size());
        for (int i = 0; i < buckets.size(); i++) {
            out.number(buckets.index(i));
            out.value(buckets.count(i));
        }
    }

    private static Buckets readBuckets(StateReader in) throws IOException {
        int size = in.count();
        int[] indexes = new int[size];
        double[] counts = new double[size];
        for (int i = 0; i < size; i++) {
            indexes[i] = (int) in.number();
            counts[i] = in.value();
        }
        return Buckets.of(indexes, counts);
    }
}
