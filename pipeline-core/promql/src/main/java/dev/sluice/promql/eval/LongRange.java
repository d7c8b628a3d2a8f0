package dev.sluice.promql.eval;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.MatchType;
import dev.sluice.promql.series.WindowSum;
import dev.sluice.promql.syntax.AggregateExpr;
import dev.sluice.promql.syntax.AggregateOp;
import dev.sluice.promql.syntax.Call;
import dev.sluice.promql.syntax.Expr;
import dev.sluice.promql.syntax.MatrixSelector;
import dev.sluice.promql.syntax.VectorSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression that a source can keep the sums of: {@code rate}, {@code increase}, {@code sum_over_time} or {@code count_over_time} of a selector whose
 * range is longer than {@link QueryOptions#longestExact}, by itself or added up by {@code sum}.
 *
 * @param divisor the sum divided by this is the value
 */
record LongRange(WindowSum sum, double divisor) {
    private static final long NANOS = 1_000_000;
    private static final double MILLIS = 1000;

    /** {@code null} for every other expression. What is evaluated for times long ago must not be asked for. */
    static @Nullable LongRange of(Expr expr, QueryOptions options) {
        if (options.delayedNameRemoval()) {
            return null;
        }
        return switch (expr) {
            case AggregateExpr a
            when a.op() == AggregateOp.SUM && Planner.unwrap(a.operand()) instanceof Call call ->
                of(call, a.grouping(), a.without(), expr, options);
            // Of two metrics the series may have the same labels, which is an error that only samples show.
            case Call call when ofOneMetric(call) -> of(call, List.of(), true, expr, options);
            default -> null;
        };
    }

    private static @Nullable LongRange of(
            Call call, List<String> labels, boolean without, Expr whole, QueryOptions options) {
        WindowSum.What what = switch (call.function().name()) {
            case "rate", "increase" -> WindowSum.What.INCREASE;
            case "sum_over_time" -> WindowSum.What.VALUES;
            case "count_over_time" -> WindowSum.What.SAMPLES;
            default -> null;
        };
        MatrixSelector matrix = what == null ? null : selector(call);
        if (what == null || matrix == null || matrix.range() / NANOS <= options.longestExact()) {
            return null;
        }
        long range = matrix.range() / NANOS;
        WindowSum sum = new WindowSum(whole.toString(), what, matrix.selector().matchers(), range, labels, without);
        return new LongRange(sum, call.function().name().equals("rate") ? range / MILLIS : 1);
    }

    /** What the function looks at, if that is a plain range up to the time of evaluation. */
    private static @Nullable MatrixSelector selector(Call call) {
        if (Planner.unwrap(call.arguments().getFirst()) instanceof MatrixSelector matrix
                && matrix.rangeExpression() == null
                && matrix.selector().extent() == VectorSelector.Extent.PLAIN
                && !matrix.selector().shift().shifts()) {
            return matrix;
        }
        return null;
    }

    private static boolean ofOneMetric(Call call) {
        MatrixSelector matrix = call.arguments().size() == 1 ? selector(call) : null;
        return matrix != null
                && matrix.selector().matchers().stream()
                        .anyMatch(m -> m.name().equals(Labels.NAME)
                                && m.type() == MatchType.EQUAL
                                && !m.value().isEmpty());
    }
}
