package dev.sluice.promql.eval;

import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Series;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one series in a range: floats and histograms, each in order of time. Where a series holds nothing but floats its own arrays are
 * read; otherwise the samples are sorted out into arrays of the window's own. One object serves all series in turn.
 */
final class Window {
    private static final long[] NO_STARTS = {};

    private Labels labels = Labels.EMPTY;
    private long rangeStart;
    private long rangeEnd;
    private long lookback;

    private long[] times = {};
    private double[] values = {};
    private long[] starts = NO_STARTS;
    /** Of all floats, where there is no array of starts. */
    private long sharedStart;

    private int from;
    private int to;

    private long[] ownTimes = new long[16];
    private double[] ownValues = new double[16];
    private long[] ownStarts = NO_STARTS;

    private long[] histogramTimes = new long[4];
    private @Nullable NativeHistogram[] histograms = new NativeHistogram[4];
    private long[] histogramStarts = NO_STARTS;
    private int histogramCount;

    /** Takes the samples of a series; whether there are any. */
    boolean fill(Series series, Windows windows, long lookbackDelta, boolean withStarts) {
        labels = series.labels();
        rangeStart = windows.start();
        rangeEnd = windows.end();
        lookback = lookbackDelta;
        int first = series.after(windows.visibleAfter());
        int last = series.after(windows.visibleUntil());
        histogramCount = 0;
        sharedStart = 0;
        if (first >= last) {
            from = 0;
            to = 0;
            return false;
        }
        if (series.floatsOnly()) {
            times = series.times();
            values = series.values();
            long[] known = withStarts ? series.starts() : null;
            starts = known == null ? NO_STARTS : known;
            sharedStart = withStarts ? series.sharedStart() : 0;
            from = first;
            to = last;
            return true;
        }
        sort(series, windows, first, last, withStarts && (series.starts() != null || series.sharedStart() != 0));
        return to > from || histogramCount > 0;
    }

    private void sort(Series series, Windows windows, int first, int last, boolean withStarts) {
        boolean statistics = windows.statistics();
        reserve(last - first, withStarts);
        int n = 0;
        for (int i = first; i < last; i++) {
            if (Series.stale(series.value(i))) {
                continue;
            }
            NativeHistogram histogram = series.histogram(i);
            if (histogram == null) {
                ownTimes[n] = series.time(i);
                ownValues[n] = series.value(i);
                if (withStarts) {
                    ownStarts[n] = series.start(i);
                }
                n++;
            } else {
                histogramTimes[histogramCount] = series.time(i);
                histograms[histogramCount] =
                        statistics ? Statistics.of(series, i, histogram, windows.visibleAfter()) : histogram;
                if (withStarts) {
                    histogramStarts[histogramCount] = series.start(i);
                }
                histogramCount++;
            }
        }
        times = ownTimes;
        values = ownValues;
        starts = withStarts ? ownStarts : NO_STARTS;
        from = 0;
        to = n;
    }

    private void reserve(int n, boolean withStarts) {
        if (ownTimes.length < n) {
            ownTimes = new long[2 * n];
            ownValues = new double[2 * n];
        }
        if (histogramTimes.length < n) {
            histogramTimes = new long[2 * n];
            histograms = new NativeHistogram[2 * n];
        }
        if (withStarts && (ownStarts.length < ownTimes.length || histogramStarts.length < histogramTimes.length)) {
            ownStarts = new long[ownTimes.length];
            histogramStarts = new long[histogramTimes.length];
        } else if (!withStarts) {
            histogramStarts = NO_STARTS;
            ownStarts = NO_STARTS;
        }
    }

    Labels labels() {
        return labels;
    }

    String metricName() {
        return labels.metricName();
    }

    /** Exclusive. */
    long rangeStart() {
        return rangeStart;
    }

    /** Inclusive. */
    long rangeEnd() {
        return rangeEnd;
    }

    /** How far back a sample may lie and still stand for the series at the range's start. */
    long lookback() {
        return lookback;
    }

    /** How many floats. */
    int floats() {
        return to - from;
    }

    double value(int i) {
        return values[from + i];
    }

    long time(int i) {
        return times[from + i];
    }

    /** When the counter had started; 0 where unknown. */
    long start(int i) {
        return starts.length == 0 ? sharedStart : starts[from + i];
    }

    boolean hasStarts() {
        return starts.length > 0 || sharedStart != 0;
    }

    /** How many histograms. */
    int histograms() {
        return histogramCount;
    }

    NativeHistogram histogram(int i) {
        NativeHistogram found = histograms[i];
        if (found == null) {
            throw new IndexOutOfBoundsException(i);
        }
        return found;
    }

    long histogramTime(int i) {
        return histogramTimes[i];
    }

    long histogramStart(int i) {
        return histogramStarts.length == 0 ? 0 : histogramStarts[i];
    }

    boolean hasHistogramStarts() {
        return histogramStarts.length > 0;
    }

    boolean mixed() {
        return to > from && histogramCount > 0;
    }

    /** The index of the first float after that time. */
    int floatAfter(long time) {
        int i = 0;
        while (i < floats() && time(i) <= time) {
            i++;
        }
        return i;
    }

    /** The index of the first histogram after that time. */
    int histogramAfter(long time) {
        int i = 0;
        while (i < histogramCount && histogramTimes[i] <= time) {
            i++;
        }
        return i;
    }

    /** The column of values; those of the window start at {@link #from()}. */
    double[] values() {
        return values;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }
}
