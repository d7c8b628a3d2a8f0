package dev.sluice.promql.eval;

import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Matcher;
import dev.sluice.promql.series.Series;
import dev.sluice.promql.syntax.VectorSelector;
import java.util.Arrays;
import java.util.List;

/** The newest sample of each series that is not older than the look-back. */
final class SelectorNode implements Nodes.VectorNode {
    private final List<Matcher> matchers;
    private final TimeShift shift;
    private final boolean statistics;
    private final Vector out = new Vector();
    private long[] times = new long[16];
    private long[] starts = new long[16];

    /** @param statistics whether only counts and sums of histograms are wanted */
    SelectorNode(VectorSelector selector, boolean statistics) {
        this.statistics = statistics;
        matchers = selector.matchers();
        shift = new TimeShift(selector.shift());
    }

    @Override
    public Vector vector(long time, Run run) {
        out.clear();
        long until = shift.time(time, run);
        long after = until - run.options().lookback();
        List<Series> selected = run.source().select(matchers, after, until);
        for (int i = 0; i < selected.size(); i++) {
            Series series = selected.get(i);
            int at = newest(series, until);
            if (at < series.from() || series.time(at) <= after || Series.stale(series.value(at))) {
                continue;
            }
            NativeHistogram histogram = series.histogram(at);
            remember(series, at);
            if (histogram == null) {
                out.add(series.labels(), series.value(at), false);
            } else {
                NativeHistogram shown = statistics ? Statistics.of(series, at, histogram, after) : histogram;
                out.add(series.labels(), 0, shown, false);
            }
        }
        return out;
    }

    /** The index of the last sample up to that time; most often that is the last of all. */
    private static int newest(Series series, long until) {
        int last = series.to() - 1;
        return last < series.from() || series.time(last) <= until ? last : series.after(until) - 1;
    }

    private void remember(Series series, int at) {
        int n = out.size();
        if (n == times.length) {
            times = Arrays.copyOf(times, 2 * n);
            starts = Arrays.copyOf(starts, 2 * n);
        }
        times[n] = series.time(at);
        starts[n] = series.start(at);
    }

    /** When the sample at a place of the vector given last was taken. */
    long sampleTime(int i) {
        return times[i];
    }

    /** When the counter at a place of the vector given last had started; 0 where unknown. */
    long sampleStart(int i) {
        return starts[i];
    }
}
