package dev.sluice.slo.series;

import dev.sluice.slo.state.StateReader;
import dev.sluice.slo.state.StateWriter;
import java.io.IOException;
import java.util.Arrays;

/**
 * A sum over a sliding window, kept as the sums of its panes, which are a sixtieth of it: of the one through which the window's begin goes, the part counts
 * that lies in the window. Source of the idea: Li et al., "No Pane, No Gain", SIGMOD Record 34 (2005). Times are milliseconds since 1970.
 */
final class PaneRing {
    /** So many make a window. */
    static final int PANES = 60;

    /** The two ends of a window are in panes of their own, and it may be asked for when one has begun after its end. */
    private static final int SLOTS = PANES + 2;

    private static final int HEADER = 16 + 32;

    private final long pane;
    private final double[] sums = new double[SLOTS];
    /** The number of the newest pane, counted from 1970. */
    private long head = Long.MIN_VALUE / 2;

    /** @param window in milliseconds */
    PaneRing(long window) {
        this.pane = paneOf(window);
    }

    /** How long a pane of such a window is. */
    static long paneOf(long window) {
        return Math.ceilDiv(window, PANES);
    }

    static long bytes() {
        return HEADER + (long) SLOTS * Double.BYTES;
    }

    /** Adds what has come about at that time. What is older than a window is of no use any more. */
    void add(long time, double value) {
        long number = Math.floorDiv(time, pane);
        if (number > head) {
            advance(number);
        }
        if (number > head - SLOTS) {
            sums[slot(number)] += value;
        }
    }

    private void advance(long number) {
        if (number - head >= SLOTS) {
            Arrays.fill(sums, 0);
        } else {
            for (long next = head + 1; next <= number; next++) {
                sums[slot(next)] = 0;
            }
        }
        head = number;
    }

    /** What was added of the time after that one. */
    double sumAfter(long begin) {
        long first = Math.floorDiv(begin, pane);
        double sum = 0;
        for (long number = Math.max(first, head - SLOTS + 1); number <= head; number++) {
            double of = sums[slot(number)];
            sum += number == first && of != 0 ? of * share(begin, first) : of;
        }
        return sum;
    }

    /** How much of the pane is not before that time: never nothing. */
    private double share(long begin, long first) {
        return (double) ((first + 1) * pane - begin) / pane;
    }

    private static int slot(long number) {
        return (int) Math.floorMod(number, (long) SLOTS);
    }

    void write(StateWriter out) {
        int used = SLOTS;
        while (used > 0 && sums[slot(head - used + 1)] == 0) {
            used--;
        }
        out.number(head);
        out.number(used);
        for (int i = 0; i < used; i++) {
            out.value(sums[slot(head - i)]);
        }
    }

    static PaneRing read(long window, StateReader in) throws IOException {
        PaneRing ring = new PaneRing(window);
        ring.head = in.number();
        int used = in.count();
        if (used > SLOTS) {
            throw new IOException("a window of " + used + " panes");
        }
        for (int i = 0; i < used; i++) {
            ring.sums[slot(ring.head - i)] = in.value();
        }
        return ring;
    }
}
