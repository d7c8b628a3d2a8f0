package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.otlp.WireAppender;
import dev.sluice.prometheus.ExponentialState;
import dev.sluice.prometheus.HistogramState;
import dev.sluice.prometheus.NativeBuckets;

/** The message Histogram, which both versions have with the same fields. Counts are integers, written as deltas. A start of 0 is not known. */
final class NativeHistogramWire {
    /** As many empty buckets in a row are written rather than skipped; a new span would take about as much (Prometheus's Go client). */
    private static final int LARGEST_GAP = 2;

    private static final int USUAL_SIZE = 200;

    /** Of buckets with custom bounds (Prometheus's specification of native histograms, "schema"). */
    private static final int CUSTOM_SCHEMA = -53;

    private NativeHistogramWire() {}

    static void write(WireAppender out, int field, ExponentialState state, long time, long start) {
        int message = out.begin(field, USUAL_SIZE);
        out.varint(1, state.count());
        out.decimal(3, state.sum());
        out.zigzag(4, state.schema());
        out.decimal(5, state.zeroThreshold());
        out.varint(6, state.zeroCount());
        buckets(out, 8, state.negative());
        buckets(out, 11, state.positive());
        end(out, message, time, start);
    }

    /** With the bounds of the histogram. */
    static void write(WireAppender out, int field, HistogramState state, CustomBuckets buckets, long time, long start) {
        int message = out.begin(field, USUAL_SIZE);
        out.varint(1, buckets.count());
        out.decimal(3, state.sum());
        out.zigzag(4, CUSTOM_SCHEMA);
        out.varint(6, 0);
        buckets(out, 11, buckets.counts());
        int values = out.begin(16, state.finiteBounds() * Double.BYTES);
        for (int i = 0; i < state.finiteBounds(); i++) {
            out.plainFixed64(Double.doubleToRawLongBits(state.bounds()[i]));
        }
        out.end(values);
        end(out, message, time, start);
    }

    /** The staleness marker. */
    static void writeStale(WireAppender out, int field, long time) {
        int message = out.begin(field, USUAL_SIZE);
        out.varint(1, 0);
        out.fixed64(3, Staleness.BITS);
        end(out, message, time, 0);
    }

    private static void end(WireAppender out, int message, long time, long start) {
        out.varint(15, time);
        if (start != 0) {
            out.varint(17, start);
        }
        out.end(message);
    }

    /** The spans in one field, the deltas in the next. */
    private static void buckets(WireAppender out, int field, NativeBuckets buckets) {
        int from = 0;
        int end = 0;
        while ((from = full(buckets, end)) < buckets.size()) {
            int before = end;
            end = spanEnd(buckets, from);
            int span = out.begin(field, 8);
            out.zigzag(1, before == 0 ? (long) buckets.offset() + from : from - before);
            out.varint(2, end - from);
            out.end(span);
        }
        if (end == 0) {
            return;
        }
        int deltas = out.begin(field + 1, buckets.size());
        long last = 0;
        end = 0;
        while ((from = full(buckets, end)) < buckets.size()) {
            end = spanEnd(buckets, from);
            for (int i = from; i < end; i++) {
                long delta = buckets.count(i) - last;
                out.plainVarint(delta << 1 ^ delta >> 63);
                last = buckets.count(i);
            }
        }
        out.end(deltas);
    }

    /** The first bucket from there on that holds something. */
    private static int full(NativeBuckets buckets, int from) {
        int i = from;
        while (i < buckets.size() && buckets.count(i) == 0) {
            i++;
        }
        return i;
    }

    /** Behind the last full bucket before a gap that is worth a new span. */
    private static int spanEnd(NativeBuckets buckets, int from) {
        int end = from + 1;
        for (int i = end; i < buckets.size() && i - end <= LARGEST_GAP; i++) {
            if (buckets.count(i) != 0) {
                end = i + 1;
            }
        }
        return end;
    }
}
