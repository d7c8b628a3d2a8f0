package dev.sluice.slo.series;

import dev.sluice.promql.eval.StartTime;
import dev.sluice.promql.series.Series;
import dev.sluice.promql.series.WindowSum;
import dev.sluice.slo.state.StateReader;
import dev.sluice.slo.state.StateWriter;
import java.io.IOException;

/**
 * A place in a series, and what the sample there adds to a sum. What a counter has gained from one sample to the next has come about since the former:
 * a range of PromQL has it if it has both. Where the counter started in between, it is since then. Times are milliseconds since 1970.
 */
final class PaneCursor {
    private long time = Long.MIN_VALUE;
    private double value;

    /** The last sample that a counter can have. */
    private long counterTime = Long.MIN_VALUE;

    private long counterStart;
    private double counterValue;

    /** What the sample adds to it: {@code NaN} for nothing. */
    private double gain = Double.NaN;

    private long gainSince;
    private boolean ended;

    /** The time of the sample; everything up to it has been seen to. */
    long time() {
        return time;
    }

    void set(PaneCursor other) {
        time = other.time;
        value = other.value;
        counterTime = other.counterTime;
        counterStart = other.counterStart;
        counterValue = other.counterValue;
    }

    /**
     * Goes on to a sample.
     *
     * @param starts whether starts of counters are believed
     * @param unknownUntil a counter that started up to then may have been known before, and forgotten
     */
    void next(Series series, int index, boolean starts, long unknownUntil) {
        time = series.time(index);
        value = series.value(index);
        gain = Double.NaN;
        // The sum of a histogram is no value of the series.
        ended = Series.stale(value) || series.histogram(index) != null;
        if (!ended && Double.isFinite(value)) {
            count(starts ? series.start(index) : 0, unknownUntil);
        }
    }

    private void count(long start, long unknownUntil) {
        if (counterTime == Long.MIN_VALUE) {
            if (start > unknownUntil && start != 0 && start < time) {
                gain = value;
                gainSince = start;
            }
        } else {
            boolean restarted = StartTime.reset(counterStart, counterTime, start, time);
            gain = restarted || value < counterValue ? value : value - counterValue;
            gainSince = restarted ? Math.max(start, counterTime) : counterTime;
        }
        counterTime = time;
        counterStart = start;
        counterValue = value;
    }

    boolean adds(WindowSum.What what) {
        return what == WindowSum.What.INCREASE ? !Double.isNaN(gain) : !ended;
    }

    double amount(WindowSum.What what) {
        return switch (what) {
            case INCREASE -> gain;
            case VALUES -> value;
            case SAMPLES -> 1;
        };
    }

    /** Windows that begin before this have it. */
    long since(WindowSum.What what) {
        return what == WindowSum.What.INCREASE ? gainSince : time;
    }

    void write(StateWriter out) {
        out.number(time);
        out.number(counterTime);
        out.number(counterStart);
        out.value(counterValue);
    }

    static PaneCursor read(StateReader in) throws IOException {
        PaneCursor cursor = new PaneCursor();
        cursor.time = in.number();
        cursor.counterTime = in.number();
        cursor.counterStart = in.number();
        cursor.counterValue = in.value();
        return cursor;
    }
}
