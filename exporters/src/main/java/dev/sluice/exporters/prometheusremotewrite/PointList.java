package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.otlp.view.PointView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The points of a batch by series, those of a series in the order of their time. Makes no object a point. */
final class PointList {
    static final int NONE = -1;

    private static final byte[] NOTHING = {};

    /** The series in the order of their first points. */
    private final List<Series> series = new ArrayList<>();

    private byte[][] arrays = new byte[64][];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int[] next = new int[64];
    private int[] temporalities = new int[64];
    private long[] times = new long[64];
    private int size;

    void add(Series owner, PointView point, int temporality) {
        add(owner, point.array(), point.start(), point.end(), temporality, point.time());
    }

    /** A point that is nothing but a time. */
    void add(Series owner, long time) {
        add(owner, NOTHING, 0, 0, 0, time);
    }

    /** How many series have points. */
    int seriesCount() {
        return series.size();
    }

    Series series(int i) {
        return series.get(i);
    }

    int next(int point) {
        return next[point];
    }

    byte[] array(int point) {
        return arrays[point];
    }

    int start(int point) {
        return starts[point];
    }

    int end(int point) {
        return ends[point];
    }

    int temporality(int point) {
        return temporalities[point];
    }

    /** Nanoseconds since 1970. */
    long time(int point) {
        return times[point];
    }

    /** Lets go of the points, and makes their series forget them. */
    void clear() {
        for (Series one : series) {
            one.points(NONE, NONE);
        }
        series.clear();
        Arrays.fill(arrays, 0, size, NOTHING);
        size = 0;
    }

    private void add(Series owner, byte[] array, int start, int end, int temporality, long time) {
        if (size == starts.length) {
            grow();
        }
        int point = size++;
        arrays[point] = array;
        starts[point] = start;
        ends[point] = end;
        temporalities[point] = temporality;
        times[point] = time;
        next[point] = NONE;
        if (owner.first() == NONE) {
            series.add(owner);
            owner.points(point, point);
        } else if (Long.compareUnsigned(times[owner.last()], time) <= 0) {
            next[owner.last()] = point;
            owner.points(owner.first(), point);
        } else {
            insert(owner, point);
        }
    }

    /** Before the first point that is later: senders mostly keep the order, so that this is rare. */
    private void insert(Series owner, int point) {
        int before = NONE;
        int at = owner.first();
        while (Long.compareUnsigned(times[at], times[point]) <= 0) {
            before = at;
            at = next[at];
        }
        next[point] = at;
        if (before == NONE) {
            owner.points(point, owner.last());
        } else {
            next[before] = point;
        }
    }

    private void grow() {
        int larger = 2 * size;
        arrays = Arrays.copyOf(arrays, larger);
        starts = Arrays.copyOf(starts, larger);
        ends = Arrays.copyOf(ends, larger);
        next = Arrays.copyOf(next, larger);
        temporalities = Arrays.copyOf(temporalities, larger);
        times = Arrays.copyOf(times, larger);
    }
}
