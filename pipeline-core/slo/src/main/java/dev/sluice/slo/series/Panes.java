package dev.sluice.slo.series;

import dev.sluice.promql.series.Series;
import dev.sluice.promql.series.WindowSum;
import dev.sluice.promql.series.WindowSums;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sums over long windows that rules read, in panes. The newest samples stay where they are, so that late ones find their place and the end of a window
 * is exact; once nothing late is to be expected, they are added to the panes. Belongs to a {@link SeriesStore} and its thread.
 */
final class Panes implements PaneRules {
    private final boolean starts;
    private final StoreListener listener;
    private final Map<String, PaneWindow> windows = new LinkedHashMap<>();
    private final IdentityHashMap<Series, PaneSeries> bySeries = new IdentityHashMap<>();
    private long unknownUntil = Long.MIN_VALUE;
    private boolean resting;

    Panes(RuleSelectors selectors, LimitsConfig limits, StoreListener listener) {
        this.starts = selectors.starts;
        this.listener = listener;
        selectors.sums.forEach(
                (sum, rules) -> windows.put(sum.text(), new PaneWindow(sum, rules, limits.maxGroupsPerRule(), this)));
    }

    @Override
    public boolean starts() {
        return starts;
    }

    @Override
    public long unknownUntil() {
        return unknownUntil;
    }

    /** A window has no room for another group. */
    void refused(PaneWindow window) {
        window.rules().forEach(listener::rejected);
    }

    /**
     * A series is there now.
     *
     * @param cursor how far it has been added; {@code null} if not at all
     */
    void open(Series series, Interest interest, @Nullable PaneCursor cursor) {
        if (interest.sums().isEmpty()) {
            return;
        }
        List<PaneWindow> its = interest.sums().stream().map(this::window).toList();
        PaneSeries made = new PaneSeries(series, its, cursor == null ? new PaneCursor() : cursor);
        bySeries.put(series, made);
        made.join(this);
    }

    private PaneWindow window(WindowSum sum) {
        PaneWindow window = windows.get(sum.text());
        if (window == null) {
            throw new IllegalStateException("not a window of these rules: " + sum.text());
        }
        return window;
    }

    @Nullable
    WindowSums sums(WindowSum sum) {
        return windows.get(sum.text());
    }

    /** Adds the samples of a series up to that time to the panes, unless they rest; true unless there is one that has to wait. */
    boolean foldUntil(Series series, Interest interest, long time) {
        if (interest.sums().isEmpty()) {
            return true;
        }
        if (!resting) {
            fold(series, time);
        }
        return !resting;
    }

    /** Adds them even so, since there is no room for them to wait. */
    void fold(Series series, long time) {
        PaneSeries known = bySeries.get(series);
        if (known != null) {
            for (int histograms = known.foldUntil(time, this); histograms > 0; histograms--) {
                listener.dropped(SampleLoss.NO_PANE);
            }
        }
    }

    /** The series is no more. */
    void forget(Series series) {
        PaneSeries known = bySeries.remove(series);
        if (known != null) {
            known.foldUntil(Long.MAX_VALUE, this);
            known.leave();
            unknownUntil = Math.max(unknownUntil, known.cursor().time());
        }
    }

    /** Now and then: forgets what is over, and tries again where there was no room. */
    void sweep(long time) {
        windows.values().forEach(window -> window.sweep(time));
        bySeries.values().forEach(series -> series.join(this));
    }

    /** Nothing is moved into panes any more until they are to rest no more: what is written of them and of series is of one moment. */
    void rest(boolean whether) {
        resting = whether;
    }

    boolean resting() {
        return resting;
    }

    /** How many groups there are in all windows. */
    int size() {
        return windows.values().stream().mapToInt(PaneWindow::size).sum();
    }

    long bytes() {
        return windows.values().stream().mapToLong(PaneWindow::bytes).sum()
                + bySeries.values().stream().mapToLong(PaneSeries::bytes).sum();
    }

    @Nullable
    PaneCursor cursor(Series series) {
        PaneSeries known = bySeries.get(series);
        return known == null ? null : known.cursor();
    }

    SavedPanes save() {
        return new SavedPanes(
                unknownUntil, windows.values().stream().map(PaneWindow::save).toList());
    }

    /** Goes on with what was kept of the same windows, before the series are opened. */
    void restore(SavedPanes saved) {
        unknownUntil = Math.max(unknownUntil, saved.unknownUntil());
        for (PaneWindow.Saved each : saved.windows()) {
            PaneWindow window = windows.get(each.text());
            if (window != null) {
                window.restore(each);
            }
        }
    }
}
