package dev.sluice.slo.series;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.WindowSum;
import dev.sluice.slo.state.StateReader;
import dev.sluice.slo.state.StateWriter;
import java.io.IOException;

/** What is kept of one group of a {@link PaneWindow}: the panes, and for an evaluation what came after them. */
final class PaneGroup {
    private static final int OBJECT = 64;

    /** An entry of a linked map, and a slot of its table. */
    private static final int INDEX_BYTES = 72;

    private final Labels labels;
    private final PaneRing ring;
    /** When the latest of what is in the panes came about. */
    private long last = Long.MIN_VALUE;

    /** How many series add to it. */
    private int members;

    private double recent;
    private long recentLast;

    PaneGroup(Labels labels, long window) {
        this(labels, new PaneRing(window));
    }

    private PaneGroup(Labels labels, PaneRing ring) {
        this.labels = labels;
        this.ring = ring;
    }

    Labels labels() {
        return labels;
    }

    void join() {
        members++;
    }

    void leave() {
        members--;
    }

    /** No series adds to it, until they join again. */
    void leaveAll() {
        members = 0;
    }

    /** Whether nothing is left of it after that time. */
    boolean over(long begin) {
        return members == 0 && last <= begin;
    }

    /** Adds to the panes. */
    void add(WindowSum.What what, PaneCursor at) {
        if (at.adds(what)) {
            ring.add(at.since(what), at.amount(what));
            last = Math.max(last, at.since(what));
        }
    }

    void forgetRecent() {
        recent = 0;
        recentLast = Long.MIN_VALUE;
    }

    /** Adds for the evaluation at hand what is not in the panes yet. */
    void addRecent(WindowSum.What what, PaneCursor at, long begin) {
        if (at.adds(what) && at.since(what) > begin) {
            recent += at.amount(what);
            recentLast = Math.max(recentLast, at.since(what));
        }
    }

    /** Whether there is anything after that time. */
    boolean present(long begin) {
        return Math.max(last, recentLast) > begin;
    }

    double sumAfter(long begin) {
        return ring.sumAfter(begin) + recent;
    }

    static long bytes() {
        return OBJECT + INDEX_BYTES + PaneRing.bytes();
    }

    void write(StateWriter out) {
        out.labels(labels);
        out.number(last);
        ring.write(out);
    }

    static PaneGroup read(long window, StateReader in) throws IOException {
        Labels labels = in.labels();
        long last = in.number();
        PaneGroup group = new PaneGroup(labels, PaneRing.read(window, in));
        group.last = last;
        return group;
    }
}
