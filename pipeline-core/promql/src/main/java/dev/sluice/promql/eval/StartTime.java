package dev.sluice.promql.eval;

/** What the start times of two successive samples of a counter say. 0 is an unknown start. Source: prometheus promql/functions.go. */
public final class StartTime {
    private StartTime() {}

    /** Whether the counter started anew between the samples. */
    public static boolean reset(long previousStart, long previousTime, long start, long time) {
        if (previousStart == start || start == 0 || start >= time || start < previousTime) {
            return false;
        }
        if (start > previousTime) {
            return true;
        }
        // The sample starts where the one before was taken: a delta, unless that one's start was unknown.
        return previousStart <= previousTime && previousStart != 0 && previousStart != previousTime;
    }

    /** Whether the counter started anew after a time. */
    static boolean resetAfter(long moment, long start, long time) {
        return start > moment && time > moment && reset(moment, moment, start, time);
    }

    /** Whether a sample claims to have started before the sample before it was taken, and not with it. */
    static boolean overlaps(long previousStart, long previousTime, long start) {
        return start != 0 && start < previousTime && start != previousStart;
    }
}
