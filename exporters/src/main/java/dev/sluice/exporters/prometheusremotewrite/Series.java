package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.prometheus.SeriesIndex;
import dev.sluice.prometheus.SeriesState;
import org.jspecify.annotations.Nullable;

/** What is remembered of a series: its labels, ready to be written, the sum of its deltas, and its points in the batch at hand. */
final class Series implements SeriesIndex.Known {
    /** Objects, map entries and the slot of the index. */
    private static final int OVERHEAD = 300;

    private final Key key;
    /** False for one beyond the bound, which is forgotten after the batch. */
    private final boolean remembered;

    private @Nullable SeriesState sum;
    private Steps steps;
    private boolean hasSum = true;
    private boolean removed;
    private long latest;
    private long updated;
    private int first = PointList.NONE;
    private int last = PointList.NONE;

    /**
     * What makes it that series: the labels before {@code __name__}, those up to where {@code le} or {@code quantile} belongs, and the rest.
     */
    record Key(Family family, LabelRun beforeName, LabelRun beforeExtra, LabelRun rest) {}

    Series(Key key, boolean remembered) {
        this.key = key;
        this.remembered = remembered;
        this.steps = key.family().noSteps();
    }

    Key key() {
        return key;
    }

    Family family() {
        return key.family();
    }

    boolean remembered() {
        return remembered;
    }

    /** The sum of its deltas so far. */
    SeriesState sum() {
        if (sum == null) {
            sum = SeriesState.of(family().key().kind());
        }
        return sum;
    }

    /** A delta that comes next begins anew. */
    void end() {
        if (sum != null) {
            sum.end();
        }
    }

    /** The bounds or quantiles of its last point. */
    Steps steps() {
        return steps;
    }

    void steps(Steps newer) {
        steps = newer;
    }

    /** Whether the last point of a histogram had a sum. */
    boolean hasSum() {
        return hasSum;
    }

    void hasSum(boolean newer) {
        hasSum = newer;
    }

    /** Whether the time, in milliseconds since 1970, is later than any it was asked for before. */
    boolean advances(long millis) {
        if (millis <= latest) {
            return false;
        }
        latest = millis;
        return true;
    }

    @Override
    public boolean removed() {
        return removed;
    }

    void remove() {
        removed = true;
    }

    /** When it last had a point that was taken, by the monotonic clock. */
    long updated() {
        return updated;
    }

    void updated(long now) {
        updated = now;
    }

    /** Its first point in the list of the batch, or {@link PointList#NONE}. */
    int first() {
        return first;
    }

    int last() {
        return last;
    }

    void points(int newFirst, int newLast) {
        first = newFirst;
        last = newLast;
    }

    /** About how many bytes it keeps. */
    int cost() {
        return OVERHEAD
                + key.beforeName().cost()
                + key.beforeExtra().cost()
                + key.rest().cost();
    }
}
