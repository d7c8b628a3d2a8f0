package dev.sluice.promql.eval;

import dev.sluice.promql.series.Matcher;
import dev.sluice.promql.series.WindowSum;
import dev.sluice.promql.syntax.AggregateExpr;
import dev.sluice.promql.syntax.BinaryExpr;
import dev.sluice.promql.syntax.Call;
import dev.sluice.promql.syntax.DurationExpr;
import dev.sluice.promql.syntax.Expr;
import dev.sluice.promql.syntax.MatrixSelector;
import dev.sluice.promql.syntax.NumberLiteral;
import dev.sluice.promql.syntax.ParenExpr;
import dev.sluice.promql.syntax.Shift;
import dev.sluice.promql.syntax.StringLiteral;
import dev.sluice.promql.syntax.SubqueryExpr;
import dev.sluice.promql.syntax.UnaryExpr;
import dev.sluice.promql.syntax.VectorSelector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an evaluation reads: by it a source knows which series to keep, and for how long. */
public final class Reads {
    private static final long NANOS = 1_000_000;

    private final QueryOptions options;
    private final Run instant;
    /** Whether sums over long ranges have to be made of samples here. */
    private boolean exact;

    private final List<Read> found = new ArrayList<>();

    private Reads(QueryOptions options) {
        this.options = options;
        // Durations that a run computes are those of an instant query.
        this.instant = new Run((matchers, after, until) -> List.of(), 0, 0, 0, options);
    }

    /**
     * What one selector reads.
     *
     * @param reach how many milliseconds before the time of evaluation the oldest sample that can matter lies; that very millisecond is not read any more
     * @param range the longest range that the samples are looked at in, of the selector or of a subquery around it; 0 where only the newest sample counts
     * @param sum what a source may keep in place of the samples, whose reach is 0 then; else {@code null}
     */
    public record Read(
            List<Matcher> matchers,
            long reach,
            long range,
            @Nullable WindowSum sum) {}

    /**
     * One for each selector, in the order of the expression. A selector {@code @} a fixed time reads from there, which no source that forgets can
     * serve for ever: its reach is counted as if that were the time of evaluation.
     *
     * @throws EvalException for a computed duration that no instant query can have
     */
    public static List<Read> of(Expr expr, QueryOptions options) {
        Reads reads = new Reads(options);
        reads.walk(expr, 0, 0);
        return List.copyOf(reads.found);
    }

    /** @param back how far before the time of evaluation the expression may be evaluated, and the longest range around it */
    private void walk(Expr expr, long back, long around) {
        LongRange sum = exact ? null : LongRange.of(expr, options);
        if (sum == null) {
            walkSamples(expr, back, around);
        } else {
            found.add(new Read(sum.sum().matchers(), 0, sum.sum().range(), sum.sum()));
        }
    }

    private void walkExactly(Expr expr, long back, long around) {
        boolean before = exact;
        exact = true;
        walk(expr, back, around);
        exact = before;
    }

    private void walkSamples(Expr expr, long back, long around) {
        switch (expr) {
            case VectorSelector e -> add(e, back, around, 0);
            case MatrixSelector e -> add(e.selector(), back, around, range(e.range(), e.rangeExpression()));
            case SubqueryExpr e -> {
                long range = range(e.range(), e.rangeExpression());
                walkExactly(e.inner(), back + range + offset(e.shift()), Math.max(around, range));
            }
            case AggregateExpr e -> {
                walk(e.operand(), back, around);
                if (e.parameter() != null) {
                    walk(e.parameter(), back, around);
                }
            }
            case BinaryExpr e -> {
                walk(e.left(), back, around);
                walk(e.right(), back, around);
            }
            case Call e when e.function().name().equals("info") -> info(e, back, around);
            case Call e -> e.arguments().forEach(argument -> walk(argument, back, around));
            case ParenExpr e -> walk(e.inner(), back, around);
            case UnaryExpr e -> walk(e.operand(), back, around);
            case DurationExpr _, NumberLiteral _, StringLiteral _ -> {}
        }
    }

    /** The second argument of {@code info} is no expression: it says which info series there are, read where the first looks. */
    private void info(Call call, long back, long around) {
        Expr base = call.arguments().getFirst();
        int before = found.size();
        walkExactly(base, back, around);
        long reach = back + options.lookback();
        for (Read read : found.subList(before, found.size())) {
            reach = Math.max(reach, read.reach());
        }
        List<Matcher> given = call.arguments().size() > 1 && call.arguments().get(1) instanceof VectorSelector labels
                ? labels.matchers()
                : List.of();
        found.add(new Read(InfoNode.selection(given), reach, around, null));
    }

    private void add(VectorSelector selector, long back, long around, long range) {
        // The last sample before a range counts too where the selector is to know the values at its ends.
        boolean edges = selector.extent() != VectorSelector.Extent.PLAIN;
        long own = range == 0 || edges ? range + options.lookback() : range;
        long reach = Math.max(0, back + own + offset(selector.shift()));
        found.add(new Read(selector.matchers(), reach, Math.max(around, range), null));
    }

    private long range(long nanos, @Nullable DurationExpr computed) {
        return computed == null ? nanos / NANOS : Durations.millis(computed, instant, false);
    }

    private long offset(Shift shift) {
        return shift.offsetExpression() == null
                ? shift.offset() / NANOS
                : Durations.millis(shift.offsetExpression(), instant, true);
    }
}
