package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.otlp.view.PointView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The points of a batch by series, those of a series in the order of their time once {@link #sort}ed. Makes no object a point. */
final class PointList {
    static final int NONE = -1;

    private static final byte[] NOTHING = {};

    /** The series in the order in which their first points came. */
    private final List<Series> series = new ArrayList<>();
    /** Those of which a point came after a later one. Senders mostly keep the order, so that there are few. */
    private final Set<Series> disordered = new HashSet<>();

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

    /** After the last point: puts those of each series in the order of their time, and those of a time in the order in which they came. */
    void sort() {
        for (Series owner : disordered) {
            int count = 0;
            for (int point = owner.first(); point != NONE; point = next[point]) {
                count++;
            }
            int first = sorted(owner.first(), count);
            int last = first;
            while (next[last] != NONE) {
                last = next[last];
            }
            owner.points(first, last);
        }
        disordered.clear();
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
        disordered.clear();
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
            return;
        }
        if (Long.compareUnsigned(times[owner.last()], time) > 0) {
            disordered.add(owner);
        }
        next[owner.last()] = point;
        owner.points(owner.first(), point);
    }

    /** Merge sort over the links: keeps the order of equals, and its effort is bounded whatever the order was. Returns the first point. */
    private int sorted(int first, int count) {
        if (count == 1) {
            next[first] = NONE;
            return first;
        }
        int half = count / 2;
        int middle = first;
        for (int i = 0; i < half; i++) {
            middle = next[middle];
        }
        return merged(sorted(first, half), sorted(middle, count - half));
    }

    private int merged(int earlier, int later) {
        int left = earlier;
        int right = later;
        int head = NONE;
        int tail = NONE;
        while (left != NONE || right != NONE) {
            boolean takesLeft = right == NONE || (left != NONE && Long.compareUnsigned(times[left], times[right]) <= 0);
            int taken = takesLeft ? left : right;
            left = takesLeft ? next[taken] : left;
            right = takesLeft ? right : next[taken];
            if (head == NONE) {
                head = taken;
            } else {
                next[tail] = taken;
            }
            tail = taken;
        }
        next[tail] = NONE;
        return head;
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
