package dev.sluice.slo.series;

import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Series;
import dev.sluice.slo.state.StateReader;
import dev.sluice.slo.state.StateWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A series with all that is known of it, as it is kept over a restart.
 *
 * @param sum of its deltas, if it is sent as such
 * @param lastEvent when what it counts was last seen; null if it is no count
 * @param cursor how far it has been added to sums in panes; null if it adds to none
 */
public record SavedSeries(
        Series series,
        @Nullable DeltaSum sum,
        @Nullable Long lastEvent,
        @Nullable PaneCursor cursor) {
    /** Writes the samples with their times as differences, which are short. */
    public void write(StateWriter out) {
        out.labels(series.labels());
        out.number(series.size());
        long time = 0;
        long start = 0;
        for (int i = series.from(); i < series.to(); i++) {
            out.number(series.time(i) - time);
            out.number(series.start(i) - start);
            time = series.time(i);
            start = series.start(i);
            write(series.value(i), series.histogram(i), out);
        }
        out.flag(sum != null);
        if (sum != null) {
            sum.write(out);
        }
        out.flag(lastEvent != null);
        if (lastEvent != null) {
            out.number(lastEvent);
        }
        out.flag(cursor != null);
        if (cursor != null) {
            cursor.write(out);
        }
    }

    public static SavedSeries read(StateReader in) throws IOException {
        Series series = new Series(in.labels());
        long time = 0;
        long start = 0;
        for (int left = in.count(); left > 0; left--) {
            time += in.number();
            start += in.number();
            double value = in.value();
            series.add(time, start, value, in.flag() ? HistogramState.read(in) : null);
        }
        DeltaSum sum = in.flag() ? DeltaSum.read(in) : null;
        Long lastEvent = in.flag() ? in.number() : null;
        return new SavedSeries(series, sum, lastEvent, in.flag() ? PaneCursor.read(in) : null);
    }

    private static void write(double value, @Nullable NativeHistogram histogram, StateWriter out) {
        out.value(value);
        out.flag(histogram != null);
        if (histogram != null) {
            HistogramState.write(histogram, out);
        }
    }
}
