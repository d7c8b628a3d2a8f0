package dev.sluice.slo.series;

import dev.sluice.promql.histogram.HistogramMath;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.slo.state.StateReader;
import dev.sluice.slo.state.StateWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The sum of a series' deltas. It lives where all loops' samples come together, so that it does not matter over which connection a delta comes. A delta
 * must begin where the last one ended, or later, after a pause or a restart, which begins the sum anew; one that does not tell its start is taken to
 * follow. Source: OpenTelemetry metrics data model, "Sums: Delta-to-Cumulative", and its section on resets and gaps.
 */
final class DeltaSum {
    private boolean fresh = true;
    private long start;
    private long end;
    private double value;
    private @Nullable NativeHistogram histogram;

    /** Adds a delta; times are milliseconds since 1970. Changes nothing if it answers why the delta is dropped. */
    @Nullable
    SampleLoss add(long begins, long time, double delta, @Nullable NativeHistogram added) {
        boolean follows = !fresh && (begins == end || begins == 0);
        if (!fresh && !follows && begins < end) {
            return SampleLoss.OVERLAP;
        }
        if (follows && time <= end) {
            return SampleLoss.DUPLICATE;
        }
        if (follows && added != null) {
            if (histogram == null || !histogram.compatible(added)) {
                return SampleLoss.INCOMPATIBLE;
            }
            histogram = HistogramMath.plus(histogram, added).histogram();
        } else {
            histogram = added;
        }
        value = histogram != null ? histogram.sum() : follows ? value + delta : delta;
        start = follows ? start : begins;
        end = time;
        fresh = false;
        return null;
    }

    void write(StateWriter out) {
        out.flag(fresh);
        out.number(start);
        out.number(end);
        out.value(value);
        out.flag(histogram != null);
        if (histogram != null) {
            HistogramState.write(histogram, out);
        }
    }

    static DeltaSum read(StateReader in) throws IOException {
        DeltaSum sum = new DeltaSum();
        sum.fresh = in.flag();
        sum.start = in.number();
        sum.end = in.number();
        sum.value = in.value();
        sum.histogram = in.flag() ? HistogramState.read(in) : null;
        return sum;
    }

    /** The series has ended: what comes next begins anew. */
    void end() {
        fresh = true;
    }

    long start() {
        return start;
    }

    double value() {
        return value;
    }

    @Nullable
    NativeHistogram histogram() {
        return histogram;
    }
}
