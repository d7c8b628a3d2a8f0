package dev.sluice.promql.eval;

import dev.sluice.promql.syntax.DurationExpr;
import dev.sluice.promql.syntax.Expr;
import dev.sluice.promql.syntax.NumberLiteral;
import dev.sluice.promql.text.GoMath;
import org.jspecify.annotations.Nullable;

/** Computes durations that depend on the run. Source: prometheus promql/durations.go. */
final class Durations {
    private static final double LIMIT = 0x1p63 / 1e9;

    private Durations() {}

    /** A duration in milliseconds; what is smaller is cut off. */
    static long millis(DurationExpr expr, Run run, boolean mayBeNegative) {
        double seconds = seconds(expr, run);
        if (!Double.isFinite(seconds)) {
            throw error(expr, "duration is NaN or infinite");
        }
        if (seconds <= 0 && !mayBeNegative) {
            throw error(expr, "duration must be greater than 0");
        }
        if (seconds > LIMIT || seconds < -LIMIT) {
            throw error(expr, "duration is out of range");
        }
        return (long) (seconds * 1000);
    }

    private static double seconds(@Nullable Expr expr, Run run) {
        return switch (expr) {
            case NumberLiteral n -> n.value();
            case DurationExpr d -> seconds(d, run);
            case null -> 0;
            default -> throw new IllegalStateException("not a duration: " + expr);
        };
    }

    private static double seconds(DurationExpr d, Run run) {
        double left = seconds(d.left(), run);
        double right = seconds(d.right(), run);
        return switch (d.op()) {
            case STEP -> run.step() / 1000.0;
            case RANGE -> (run.end() - run.start()) / 1000.0;
            case MIN_OF -> GoMath.min(left, right);
            case MAX_OF -> GoMath.max(left, right);
            case ADD -> left + right;
            case SUB -> left - right;
            case MUL -> left * right;
            case DIV -> {
                if (right == 0) {
                    throw error(d, "division by zero");
                }
                yield left / right;
            }
            case MOD -> {
                if (right == 0) {
                    throw error(d, "modulo by zero");
                }
                yield left % right;
            }
            case POW -> GoMath.pow(left, right);
        };
    }

    private static EvalException error(DurationExpr expr, String problem) {
        return new EvalException(expr.span().start() + ":" + expr.span().end() + ": " + problem);
    }
}
