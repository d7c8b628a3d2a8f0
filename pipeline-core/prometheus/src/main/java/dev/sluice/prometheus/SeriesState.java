package dev.sluice.prometheus;

import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.PointView;
import org.jspecify.annotations.Nullable;

/** What the last point of a series said, or the sum of its deltas. For one thread at a time. */
public abstract sealed class SeriesState permits NumberState, HistogramState, ExponentialState, SummaryState {
    /** Values of OTLP's AggregationTemporality. */
    public static final int DELTA = 1;

    public static final int CUMULATIVE = 2;

    private boolean fresh = true;
    private long start;
    private long time;

    /** Empty, for the points of the metric. */
    public static SeriesState of(MetricView.Kind kind) {
        return switch (kind) {
            case EMPTY, GAUGE, SUM -> new NumberState();
            case HISTOGRAM -> new HistogramState();
            case EXPONENTIAL_HISTOGRAM -> new ExponentialState();
            case SUMMARY -> new SummaryState();
        };
    }

    /**
     * Whether the points of the metric can be told or, being deltas, added up. A sum that goes both ways cannot be added up: where it
     * began is not known.
     */
    public static boolean supports(MetricView metric) {
        boolean delta = metric.temporality() == DELTA;
        boolean cumulative = metric.temporality() == CUMULATIVE;
        return switch (metric.kind()) {
            case EMPTY, GAUGE, SUMMARY -> true;
            case SUM -> cumulative || (delta && metric.isMonotonic());
            case HISTOGRAM, EXPONENTIAL_HISTOGRAM -> cumulative || delta;
        };
    }

    /** The point is older than what is known and no delta, so that it says nothing new. */
    public final boolean isAheadOf(PointView point, int temporality) {
        return !fresh && temporality != DELTA && Long.compareUnsigned(point.time(), time) < 0;
    }

    /**
     * Takes a point in: replaces the state or, by a delta, adds to it. A delta must begin where the last one ended, or later, after a
     * pause or a restart, which begins the sum anew; one that does not tell its start is taken to follow what is older. A delta in other
     * bounds begins anew too. Changes nothing if it answers why the point is dropped.
     */
    public final @Nullable Drop update(PointView point, int temporality) {
        boolean follows = false;
        if (!fresh && temporality == DELTA) {
            long begins = point.startTime();
            follows = begins == time || (begins == 0 && Long.compareUnsigned(point.time(), time) > 0);
            if (!follows && Long.compareUnsigned(begins, time) < 0) {
                return Drop.OVERLAP;
            }
            follows &= adds(point);
        }
        Drop drop = take(point, follows);
        if (drop == null) {
            start = follows ? start : point.startTime();
            time = point.time();
            fresh = false;
        }
        return drop;
    }

    /** The series has ended: what comes next begins anew. */
    public final void end() {
        fresh = true;
    }

    /** Nanoseconds since 1970 at which it began to count, as far as its sender told. */
    public final long start() {
        return start;
    }

    /** Nanoseconds since 1970 of the last point. */
    public final long time() {
        return time;
    }

    /** Whether what the point counts can be added to what is known. */
    boolean adds(PointView point) {
        return true;
    }

    /** Replaces the state by the point or adds the point to it. Changes nothing if it drops the point. */
    abstract @Nullable Drop take(PointView point, boolean add);
}
