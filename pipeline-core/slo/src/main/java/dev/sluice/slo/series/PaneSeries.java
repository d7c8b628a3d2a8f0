package dev.sluice.slo.series;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Series;
import java.util.ArrayList;
import java.util.List;

/** A series that adds to sums in panes, as far as it has been added. */
final class PaneSeries {
    private static final int OBJECT = 144;

    private static final int MEMBER = 48;

    private final Series series;
    private final List<PaneWindow> windows;
    private final PaneCursor cursor;
    private final List<PaneWindow.Member> members = new ArrayList<>();

    /** @param windows whose groups it belongs to one of */
    PaneSeries(Series series, List<PaneWindow> windows, PaneCursor cursor) {
        this.series = series;
        this.windows = windows;
        this.cursor = cursor;
    }

    Labels labels() {
        return series.labels();
    }

    PaneCursor cursor() {
        return cursor;
    }

    /** Becomes a member of the groups where it is none yet; those of windows that have no room count that. */
    void join(PaneRules rules) {
        if (members.size() == windows.size()) {
            return;
        }
        for (PaneWindow window : windows) {
            PaneWindow.Member made = window.has(members) ? null : window.join(this);
            if (made == null) {
                continue;
            }
            members.add(made);
            if (window.fresh()) {
                catchUp(made, rules);
            }
        }
    }

    /** What the others have of the samples that are still there, a window that is new is to have too. */
    private void catchUp(PaneWindow.Member member, PaneRules rules) {
        PaneCursor at = new PaneCursor();
        for (int i = series.from(); i < series.to() && series.time(i) <= cursor.time(); i++) {
            at.next(series, i, rules.starts(), rules.unknownUntil());
            member.add(at);
        }
    }

    /** Adds all samples up to that time to the panes; how many were histograms, which no pane can hold. */
    int foldUntil(long time, PaneRules rules) {
        int histograms = 0;
        for (int i = series.after(cursor.time()); i < series.to() && series.time(i) <= time; i++) {
            histograms += series.histogram(i) == null ? 0 : 1;
            cursor.next(series, i, rules.starts(), rules.unknownUntil());
            for (int m = 0; m < members.size(); m++) {
                members.get(m).add(cursor);
            }
        }
        return histograms;
    }

    /** Adds for an evaluation what is not in the panes yet. */
    void addRecent(PaneWindow.Member member, PaneCursor scratch, long begin, long end, PaneRules rules) {
        scratch.set(cursor);
        for (int i = series.after(cursor.time()); i < series.to() && series.time(i) <= end; i++) {
            scratch.next(series, i, rules.starts(), rules.unknownUntil());
            member.addRecent(scratch, begin);
        }
    }

    /** Is a member no longer. */
    void leave() {
        members.forEach(PaneWindow.Member::leave);
    }

    long bytes() {
        return OBJECT + (long) MEMBER * members.size();
    }
}
