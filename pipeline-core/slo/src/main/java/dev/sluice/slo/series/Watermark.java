package dev.sluice.slo.series;

/**
 * Up to when samples are taken to be complete: the newest sample's time less the allowed lateness. Evaluations are made then, or now if that is
 * earlier, so that what comes a little late is seen. Times are milliseconds since 1970. For one thread.
 */
public final class Watermark {
    private final long allowedLateness;
    private final long idleAfter;
    private long newest = Long.MIN_VALUE;
    private long movedAt = Long.MIN_VALUE;
    private long evaluated = Long.MIN_VALUE;

    /**
     * @param idleAfter when no sample has been newer than those before for so long, time goes on by the clock, so that alerts resolve and
     *     {@code absent} is true when all senders have gone
     */
    public Watermark(long allowedLateness, long idleAfter) {
        this.allowedLateness = allowedLateness;
        this.idleAfter = idleAfter;
    }

    /** Samples have come, the newest of that time. */
    public void observe(long sampleTime, long now) {
        if (sampleTime > newest) {
            newest = sampleTime;
            movedAt = now;
        }
    }

    /** At what time to evaluate, given the time of the clock. Never goes back; before any sample it is behind the clock by the lateness. */
    public long evaluationTime(long now) {
        boolean idle = newest == Long.MIN_VALUE || now - movedAt > idleAfter;
        long complete = (idle ? now : newest) - allowedLateness;
        evaluated = Math.max(evaluated, Math.min(now, complete));
        return evaluated;
    }

    /** What time it is for those who send: that of the newest sample, and what has passed since it came. Not after the time of the clock. */
    public long reached(long now) {
        return newest == Long.MIN_VALUE ? now : Math.max(evaluated, Math.min(now, newest + (now - movedAt)));
    }
}
