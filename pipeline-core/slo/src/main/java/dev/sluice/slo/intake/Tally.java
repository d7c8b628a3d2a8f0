package dev.sluice.slo.intake;

import dev.sluice.prometheus.SeriesIndex;
import dev.sluice.slo.series.Exemplar;
import dev.sluice.slo.series.SampleBatchWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What has been counted in the request at hand for one set of labels. */
final class Tally implements SeriesIndex.Known {
    private final KnownPoint known;
    /** One for each bound and one for what lies above. */
    private final long[] buckets;
    /** The last item with a trace in each bucket. */
    private final @Nullable Exemplar[] exemplars;

    private long count;
    private double sum;
    private long latest;

    Tally(KnownPoint known) {
        this.known = known;
        buckets = new long[known.steps().length + 1];
        exemplars = new @Nullable Exemplar[buckets.length];
    }

    @Override
    public int weight() {
        return known.weight();
    }

    @Override
    public boolean removed() {
        return false;
    }

    private boolean unread() {
        return known.unread();
    }

    /** Whether the next item is the first of the request that is counted. */
    boolean begins() {
        return count == 0 && !unread();
    }

    /** @param time milliseconds since 1970 */
    void add(double value, long time, long traceIdHigh, long traceIdLow, long spanId) {
        if (unread()) {
            return;
        }
        int bucket = bucket(value);
        buckets[bucket]++;
        count++;
        sum += value;
        latest = Math.max(latest, time);
        if ((traceIdHigh | traceIdLow) != 0) {
            exemplars[bucket] = new Exemplar(traceIdHigh, traceIdLow, spanId, value, time);
        }
    }

    private int bucket(double value) {
        double[] bounds = known.steps();
        int bucket = 0;
        while (bucket < bounds.length && bounds[bucket] < value) {
            bucket++;
        }
        return bucket;
    }

    /** Writes what has been counted, and begins anew. */
    void write(SampleBatchWriter out) {
        for (int i = 1; i < buckets.length; i++) {
            buckets[i] += buckets[i - 1];
        }
        out.point(known.series(), latest, 0);
        int[] sources = known.sources();
        for (int i = 0; i < sources.length; i++) {
            int source = sources[i];
            out.value(source >= 0 ? (double) buckets[source] : source == KnownPoint.SUM ? sum : (double) count);
            Exemplar exemplar = source >= 0
                    ? exemplars[source]
                    : source == KnownPoint.WHOLE || source == KnownPoint.INFINITE
                            ? exemplars[exemplars.length - 1]
                            : null;
            if (exemplar != null) {
                out.exemplar(known.series().series(i), exemplar);
            }
        }
        Arrays.fill(buckets, 0);
        Arrays.fill(exemplars, null);
        count = 0;
        sum = 0;
        latest = 0;
    }
}
