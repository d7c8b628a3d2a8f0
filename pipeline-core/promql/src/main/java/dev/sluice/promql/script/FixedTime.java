package dev.sluice.promql.script;

import dev.sluice.promql.syntax.AggregateExpr;
import dev.sluice.promql.syntax.BinaryExpr;
import dev.sluice.promql.syntax.Call;
import dev.sluice.promql.syntax.Expr;
import dev.sluice.promql.syntax.MatrixSelector;
import dev.sluice.promql.syntax.ParenExpr;
import dev.sluice.promql.syntax.SubqueryExpr;
import dev.sluice.promql.syntax.UnaryExpr;
import dev.sluice.promql.syntax.VectorSelector;
import org.jspecify.annotations.Nullable;

/**
 * A query with every selector and subquery fixed to a time by {@code @}: it must then give the same at any time of evaluation. Prometheus checks
 * each instant query of a script so, too.
 */
final class FixedTime {
    private final long time;
    private boolean dependsOnTime;

    private FixedTime(long time) {
        this.time = time;
    }

    /** The query's text, or {@code null} where a function depends on the time of evaluation itself. */
    static @Nullable String of(Expr expr, long time) {
        FixedTime fixed = new FixedTime(time);
        Expr result = fixed.fix(expr);
        return fixed.dependsOnTime ? null : result.toString();
    }

    private Expr fix(Expr expr) {
        return switch (expr) {
            case VectorSelector e -> selector(e);
            case MatrixSelector e ->
                new MatrixSelector(selector(e.selector()), e.range(), e.rangeExpression(), e.span());
            case SubqueryExpr e -> subquery(e);
            case AggregateExpr e ->
                new AggregateExpr(
                        e.op(),
                        fix(e.operand()),
                        e.parameter() == null ? null : fix(e.parameter()),
                        e.grouping(),
                        e.without(),
                        e.span());
            case BinaryExpr e -> new BinaryExpr(e.op(), fix(e.left()), fix(e.right()), e.matching(), e.returnsBool());
            case ParenExpr e -> new ParenExpr(fix(e.inner()), e.span());
            case UnaryExpr e -> new UnaryExpr(e.negative(), fix(e.operand()), e.span());
            case Call e -> {
                dependsOnTime |= e.function().dependsOnTime();
                yield new Call(
                        e.function(), e.arguments().stream().map(this::fix).toList(), e.span());
            }
            default -> expr;
        };
    }

    /** What stands in a subquery at a fixed time stays as it is. */
    private Expr subquery(SubqueryExpr e) {
        if (e.shift().at() != null) {
            return e;
        }
        return new SubqueryExpr(
                e.inner(),
                e.range(),
                e.rangeExpression(),
                e.step(),
                e.stepExpression(),
                e.shift().withAt(time),
                e.span());
    }

    private VectorSelector selector(VectorSelector e) {
        return e.shift().at() != null
                ? e
                : new VectorSelector(e.name(), e.matchers(), e.shift().withAt(time), e.extent(), e.span());
    }
}
