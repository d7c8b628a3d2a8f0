package dev.sluice.promql.series;

import dev.sluice.promql.histogram.NativeHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one series in order of time, in arrays of primitives. Times are milliseconds since 1970. A sample is a float or a histogram; a
 * float of {@link #STALE} says that the series has ended there. Samples are added at the end, or a little late in between, and dropped from the
 * front. For one thread.
 */
public final class Series {
    /** The NaN by which Prometheus marks the end of a series; other NaNs are values. */
    public static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);

    private static final long STALE_BITS = 0x7ff0000000000002L;
    private static final int FIRST_CAPACITY = 8;

    /** A reference of a heap below 32 GiB. */
    private static final int REFERENCE = 4;

    /** The object itself and the headers of its arrays. */
    private static final int OBJECT = 72 + 3 * 16;

    /** Labels without their pairs: two objects. */
    private static final int LABELS = 40;

    private final Labels labels;
    private long[] times = new long[FIRST_CAPACITY];
    private double[] values = new double[FIRST_CAPACITY];
    private @Nullable NativeHistogram @Nullable [] histograms;
    /** When the counter had started, of each sample; {@code null} while all say the same, which {@link #sharedStart} is. Most counters never restart. */
    private long @Nullable [] starts;

    private long sharedStart;
    /** The samples are at {@code from} to {@code to - 1} of every array. */
    private int from;

    private int to;
    private int histogramCount;
    private int staleCount;
    private boolean removed;

    public Series(Labels labels) {
        this.labels = labels;
    }

    public static boolean stale(double value) {
        return Double.doubleToRawLongBits(value) == STALE_BITS;
    }

    public Labels labels() {
        return labels;
    }

    /** Whether the source has let go of it: what is added to it now nobody reads. */
    public boolean removed() {
        return removed;
    }

    void remove() {
        removed = true;
    }

    /** Adds a float; false where there is a sample of that time already, which then stays. */
    public boolean add(long time, double value) {
        return add(time, 0, value, null);
    }

    /** Adds a histogram; false where there is a sample of that time already, which then stays. */
    public boolean add(long time, NativeHistogram histogram) {
        return add(time, 0, histogram.sum(), histogram);
    }

    /** @param start when the counter started, in milliseconds since 1970; 0 where unknown */
    public boolean add(long time, long start, double value, @Nullable NativeHistogram histogram) {
        int at = to;
        if (to > from && time <= times[to - 1]) {
            at = after(time);
            if (at > from && times[at - 1] == time) {
                return false;
            }
        }
        int behind = to - at;
        makeRoom();
        at = to - behind;
        shift(at);
        times[at] = time;
        values[at] = value;
        setStart(at, start);
        if (histogram != null && histograms == null) {
            histograms = new NativeHistogram[times.length];
        }
        if (histograms != null) {
            histograms[at] = histogram;
        }
        histogramCount += histogram != null ? 1 : 0;
        staleCount += stale(value) ? 1 : 0;
        to++;
        return true;
    }

    /** Gives the newest sample another value; there must be one, and it must be a float. */
    public void replaceLast(double value) {
        if (to == from || histogram(to - 1) != null) {
            throw new IllegalStateException("no float to replace in " + this);
        }
        staleCount += (stale(value) ? 1 : 0) - (stale(values[to - 1]) ? 1 : 0);
        values[to - 1] = value;
    }

    /** Drops the samples up to and including that time. */
    public void dropUntil(long time) {
        int first = after(time);
        for (int i = from; i < first; i++) {
            histogramCount -= histogram(i) != null ? 1 : 0;
            staleCount -= stale(values[i]) ? 1 : 0;
            if (histograms != null) {
                histograms[i] = null;
            }
        }
        from = first;
    }

    /** The index of the first sample after that time, or {@link #to()}. */
    public int after(long time) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    public int size() {
        return to - from;
    }

    /** The index of the first sample. */
    public int from() {
        return from;
    }

    /** The index behind the last sample. */
    public int to() {
        return to;
    }

    public long time(int index) {
        return times[index];
    }

    /** The float, or a histogram's sum. */
    public double value(int index) {
        return values[index];
    }

    public @Nullable NativeHistogram histogram(int index) {
        return histograms == null ? null : histograms[index];
    }

    /** When the counter started; 0 where unknown. */
    public long start(int index) {
        return starts == null ? sharedStart : starts[index];
    }

    /** The times of all samples, at the samples' indexes. Valid until the next change; not to be written to. */
    public long[] times() {
        return times;
    }

    /** The floats of all samples, at the samples' indexes. Valid until the next change; not to be written to. */
    public double[] values() {
        return values;
    }

    /** When the counter had started, at the samples' indexes; {@code null} where {@link #sharedStart} holds for all. */
    public long @Nullable [] starts() {
        return starts;
    }

    /** When the counter of all samples had started; 0 where that is not known, or not the same for all. */
    public long sharedStart() {
        return sharedStart;
    }

    /** Whether every sample is a float and none marks an end, so that the arrays can be read as they are. */
    public boolean floatsOnly() {
        return histogramCount == 0 && staleCount == 0;
    }

    /** About how many bytes it takes, its labels without their texts included. */
    public long bytes() {
        int perSample = 2 * Long.BYTES + (starts == null ? 0 : Long.BYTES) + (histograms == null ? 0 : REFERENCE);
        long bytes = OBJECT + (long) times.length * perSample + LABELS + 2L * REFERENCE * labels.size();
        for (int i = from; i < to && histogramCount > 0; i++) {
            NativeHistogram histogram = histogram(i);
            bytes += histogram == null ? 0 : histogram.bytes();
        }
        return bytes;
    }

    /** Before the sample is counted. */
    private void setStart(int at, long start) {
        if (starts == null && start != sharedStart) {
            if (to == from) {
                sharedStart = start;
                return;
            }
            starts = new long[times.length];
            Arrays.fill(starts, from, to + 1, sharedStart);
            sharedStart = 0;
        }
        if (starts != null) {
            starts[at] = start;
        }
    }

    /**
     * Makes room for one sample at the end: by moving to the front what has been dropped from there, or by growing. Moving some dozens of samples
     * costs less than the memory of so many series: an eighth of free room is enough.
     */
    private void makeRoom() {
        if (to < times.length) {
            return;
        }
        int live = to - from;
        shareStarts();
        int capacity = live > times.length - times.length / 8 ? times.length + times.length / 2 : times.length;
        times = moved(times, capacity);
        if (starts != null) {
            starts = moved(starts, capacity);
        }
        double[] movedValues = capacity == values.length ? values : new double[capacity];
        System.arraycopy(values, from, movedValues, 0, live);
        values = movedValues;
        if (histograms != null) {
            @Nullable NativeHistogram[] old = histograms;
            histograms = Arrays.copyOf(Arrays.copyOfRange(old, from, to), capacity);
        }
        from = 0;
        to = live;
    }

    /** Once the samples from before a restart are gone, all starts are the same again. */
    private void shareStarts() {
        if (starts == null || to == from) {
            return;
        }
        for (int i = from; i < to; i++) {
            if (starts[i] != starts[from]) {
                return;
            }
        }
        sharedStart = starts[from];
        starts = null;
    }

    private long[] moved(long[] array, int capacity) {
        long[] target = capacity == array.length ? array : new long[capacity];
        System.arraycopy(array, from, target, 0, to - from);
        return target;
    }

    /** Moves the samples from an index on by one place. */
    private void shift(int at) {
        int n = to - at;
        if (n == 0) {
            return;
        }
        System.arraycopy(times, at, times, at + 1, n);
        System.arraycopy(values, at, values, at + 1, n);
        if (starts != null) {
            System.arraycopy(starts, at, starts, at + 1, n);
        }
        if (histograms != null) {
            System.arraycopy(histograms, at, histograms, at + 1, n);
        }
    }

    @Override
    public String toString() {
        return labels + " with " + size() + " samples";
    }
}
