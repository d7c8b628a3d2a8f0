package dev.sluice.promql.syntax;

import dev.sluice.promql.series.Matcher;
import java.util.List;

/**
 * A selector of series, {@code x{job="a"}}.
 *
 * @param name the metric name outside the braces, or empty
 * @param matchers all conditions, that on the name last
 */
public record VectorSelector(String name, List<Matcher> matchers, Shift shift, Extent extent, Span span)
        implements Expr {
    /** Which samples at the edges of a range count. */
    public enum Extent {
        PLAIN,
        /** Also the last sample before the range. */
        ANCHORED,
        /** Values at the edges are interpolated. */
        SMOOTHED
    }

    VectorSelector with(Shift changed, Span changedSpan) {
        return new VectorSelector(name, matchers, changed, extent, changedSpan);
    }

    VectorSelector with(Extent changed) {
        return new VectorSelector(name, matchers, shift, changed, span);
    }

    @Override
    public ValueType type() {
        return ValueType.VECTOR;
    }

    @Override
    public String toString() {
        return Printer.text(this);
    }
}
