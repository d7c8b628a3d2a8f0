package dev.sluice.promql.eval;

import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.histogram.ResetHint;
import dev.sluice.promql.series.Matcher;
import dev.sluice.promql.series.Series;
import dev.sluice.promql.syntax.Span;
import dev.sluice.promql.syntax.VectorSelector;
import java.util.List;

/** The value of each series at a time, interpolated between the samples before and after. Source: prometheus engine, smoothSeries. */
final class SmoothedSelectorNode implements Nodes.VectorNode {
    private final List<Matcher> matchers;
    private final TimeShift shift;
    private final Span span;
    private final Window window = new Window();
    private final Vector out = new Vector();

    SmoothedSelectorNode(VectorSelector selector) {
        matchers = selector.matchers();
        shift = new TimeShift(selector.shift());
        span = selector.span();
    }

    @Override
    public Vector vector(long time, Run run) {
        out.clear();
        long at = shift.time(time, run);
        long lookback = run.options().lookback();
        List<Series> selected = run.source().select(matchers, at - lookback, at + lookback);
        Windows windows =
                new Windows(selected, null, at - lookback, at + lookback, at - lookback, at + lookback, false);
        for (int i = 0; i < selected.size(); i++) {
            if (!window.fill(selected.get(i), windows, lookback, false)) {
                continue;
            }
            if (window.mixed()) {
                run.note(Notes.mixedFloatsHistograms(window.metricName(), span));
            } else if (window.histograms() > 0) {
                histogram(at, run);
            } else {
                value(at);
            }
        }
        return out;
    }

    private void value(long at) {
        int next = window.floatAfter(at);
        if (next == 0) {
            return;
        }
        double value = window.value(next - 1);
        if (window.time(next - 1) < at && next < window.floats()) {
            value = Interpolation.between(
                    window.time(next - 1), value, window.time(next), window.value(next), at, false);
        }
        out.add(window.labels(), value, false);
    }

    private void histogram(long at, Run run) {
        int next = window.histogramAfter(at);
        if (next == 0) {
            return;
        }
        NativeHistogram before = window.histogram(next - 1);
        long beforeTime = window.histogramTime(next - 1);
        if (beforeTime == at) {
            out.add(window.labels(), 0, before, false);
        } else if (next == window.histograms()) {
            // The hint is about two neighbouring samples, not about the value.
            out.add(window.labels(), 0, before.with(ResetHint.UNKNOWN), false);
        } else {
            NativeHistogram after = window.histogram(next);
            if (!before.compatible(after)) {
                run.note(Notes.mixedExponentialCustom(window.metricName(), span));
                return;
            }
            boolean counter = before.hint() != ResetHint.GAUGE || after.hint() != ResetHint.GAUGE;
            out.add(
                    window.labels(),
                    0,
                    Interpolation.between(
                            beforeTime, before, window.histogramTime(next), after, at, counter, run, span),
                    false);
        }
    }
}
