package dev.sluice.promql.eval;

/** The values of a series at the ends of an anchored or smoothed range. Source: prometheus promql/functions.go, pickOrInterpolate. */
final class Edges {
    /** A value, and since when the counter had been running; 0 where unknown. */
    record Edge(double value, long start) {}

    private final Window w;
    private final boolean smoothed;
    private final boolean counter;

    Edges(Window window, boolean smoothed, boolean counter) {
        this.w = window;
        this.smoothed = smoothed;
        this.counter = counter;
    }

    /** @param first the last sample at or before the range's start, or the first of all */
    Edge left(int first) {
        long at = w.rangeStart();
        long time = w.time(first);
        long start = w.start(first);
        double value = w.value(first);
        long known = start > at ? 0 : start;
        if (time == at) {
            return new Edge(value, start);
        }
        if (time > at) {
            return new Edge(beforeAll(first, at), known);
        }
        long nextTime = w.time(first + 1);
        double next = w.value(first + 1);
        if (counter && StartTime.resetAfter(at, w.start(first + 1), nextTime)) {
            nextTime = w.start(first + 1);
            next = 0;
        } else if (counter && StartTime.reset(start, time, w.start(first + 1), nextTime)) {
            time = w.start(first + 1);
            value = 0;
            known = w.start(first + 1);
        }
        return new Edge(smoothed ? Interpolation.between(time, value, nextTime, next, at, counter) : value, known);
    }

    /** @param last the first sample at or behind the range's end, or the last of all */
    Edge right(int last) {
        long at = w.rangeEnd();
        long time = w.time(last);
        long start = w.start(last);
        double value = w.value(last);
        long known = start > at ? 0 : start;
        if (time <= at) {
            return new Edge(value, known);
        }
        if (last == 0) {
            return new Edge(beforeAll(last, at), known);
        }
        long previousTime = w.time(last - 1);
        double previous = w.value(last - 1);
        if (counter && StartTime.resetAfter(at, start, time)) {
            time = start;
            value = 0;
            known = w.start(last - 1);
        } else if (counter && StartTime.reset(w.start(last - 1), previousTime, start, time)) {
            previousTime = start;
            previous = 0;
        }
        double result = smoothed ? Interpolation.between(previousTime, previous, time, value, at, counter) : previous;
        return new Edge(result, known);
    }

    /** The value at a time before the first sample: only a start inside what is visible tells more than that sample. */
    private double beforeAll(int first, long at) {
        long start = w.start(first);
        if (!counter || !StartTime.resetAfter(w.rangeStart() - w.lookback(), start, w.time(first))) {
            return w.value(first);
        }
        if (StartTime.resetAfter(at, start, w.time(first)) || !smoothed) {
            return 0;
        }
        return Interpolation.between(start, 0, w.time(first), w.value(first), at, true);
    }
}
