package dev.sluice.promql.eval;

import dev.sluice.promql.histogram.HistogramMath;
import dev.sluice.promql.histogram.HistogramTrim;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.histogram.ResetHint;
import dev.sluice.promql.syntax.BinaryOp;
import dev.sluice.promql.syntax.Span;
import dev.sluice.promql.text.GoMath;
import org.jspecify.annotations.Nullable;

/** What an operator makes of two elements; one object an operator of a query. Source: prometheus promql/engine.go, vectorElemBinop. */
final class Operators {
    private final BinaryOp op;
    private final Span span;
    private double value;
    private @Nullable NativeHistogram histogram;
    private boolean kept;
    private @Nullable Annotation problem;

    Operators(BinaryOp op, Span span) {
        this.op = op;
        this.span = span;
    }

    static double scalars(BinaryOp op, double a, double b) {
        if (op.comparison()) {
            return holds(op, a, b) ? 1 : 0;
        }
        return arithmetic(op, a, b);
    }

    private static double arithmetic(BinaryOp op, double a, double b) {
        return switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case POW -> GoMath.pow(a, b);
            case MOD -> a % b;
            case ATAN2 -> Math.atan2(a, b);
            default -> throw new EvalException("operator \"" + op.text() + "\" not allowed for Scalar operations");
        };
    }

    private static boolean holds(BinaryOp op, double a, double b) {
        return switch (op) {
            case EQL -> a == b;
            case NEQ -> a != b;
            case GTR -> a > b;
            case LSS -> a < b;
            case GTE -> a >= b;
            case LTE -> a <= b;
            default -> throw new IllegalArgumentException(op.text());
        };
    }

    /**
     * Computes; the result is in {@link #value}, {@link #histogram} and {@link #kept}. False where the operands do not go together, and
     * {@link #problem} says why.
     */
    boolean compute(double a, @Nullable NativeHistogram ha, double b, @Nullable NativeHistogram hb) {
        value = 0;
        histogram = null;
        problem = null;
        kept = true;
        if (ha == null && hb == null) {
            return floats(a, b);
        }
        if (ha != null && hb != null) {
            return histograms(ha, hb);
        }
        return ha != null ? histogramAndFloat(ha, b) : floatAndHistogram(a, hb);
    }

    private boolean floats(double a, double b) {
        if (op.comparison()) {
            value = a;
            kept = holds(op, a, b);
            return true;
        }
        if (op == BinaryOp.TRIM_LOWER || op == BinaryOp.TRIM_UPPER) {
            return incompatible("float", "float");
        }
        value = arithmetic(op, a, b);
        return true;
    }

    private boolean floatAndHistogram(double a, @Nullable NativeHistogram hb) {
        if (op != BinaryOp.MUL || hb == null) {
            return incompatible("float", "histogram");
        }
        histogram = hb.times(a).compact();
        return true;
    }

    private boolean histogramAndFloat(NativeHistogram ha, double b) {
        switch (op) {
            case MUL -> histogram = ha.times(b).compact();
            case DIV -> histogram = ha.dividedBy(b).compact();
            case TRIM_UPPER -> histogram = HistogramTrim.below(ha, b);
            case TRIM_LOWER -> histogram = HistogramTrim.above(ha, b);
            default -> {
                return incompatible("histogram", "float");
            }
        }
        return true;
    }

    private boolean histograms(NativeHistogram ha, NativeHistogram hb) {
        switch (op) {
            case ADD, SUB -> {
                return sum(ha, hb);
            }
            case EQL -> {
                histogram = ha;
                kept = ha.same(hb);
            }
            case NEQ -> {
                histogram = ha;
                kept = !ha.same(hb);
            }
            default -> {
                return incompatible("histogram", "histogram");
            }
        }
        return true;
    }

    private boolean sum(NativeHistogram ha, NativeHistogram hb) {
        if (!ha.compatible(hb)) {
            problem = Notes.incompatibleBuckets(op.text(), span);
            return false;
        }
        boolean plus = op == BinaryOp.ADD;
        String operation = plus ? "addition" : "subtraction";
        HistogramMath.Sum sum = plus ? HistogramMath.plus(ha, hb) : HistogramMath.minus(ha, hb);
        if (sum.collision()) {
            problem = Notes.counterResetCollision(operation, span);
            return false;
        }
        if (sum.reconciled()) {
            problem = Notes.mismatchedBounds(operation, span);
        }
        NativeHistogram result = plus ? sum.histogram() : sum.histogram().with(ResetHint.GAUGE);
        histogram = result.compact();
        return true;
    }

    private boolean incompatible(String left, String right) {
        problem = Notes.incompatibleTypes(left, op.text(), right, span);
        return false;
    }

    double value() {
        return value;
    }

    @Nullable
    NativeHistogram histogram() {
        return histogram;
    }

    /** Whether a comparison holds; true for other operators. */
    boolean kept() {
        return kept;
    }

    @Nullable
    Annotation problem() {
        return problem;
    }
}
