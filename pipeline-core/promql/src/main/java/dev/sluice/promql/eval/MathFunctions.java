package dev.sluice.promql.eval;

import dev.sluice.promql.text.GoMath;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The functions of one number that apply to each element. */
final class MathFunctions {
    private MathFunctions() {}

    static @Nullable DoubleUnaryOperator find(String name) {
        return switch (name) {
            case "abs" -> Math::abs;
            case "ceil" -> Math::ceil;
            case "floor" -> Math::floor;
            case "exp" -> Math::exp;
            case "sqrt" -> Math::sqrt;
            case "ln" -> Math::log;
            case "log2" -> GoMath::log2;
            case "log10" -> Math::log10;
            case "sin" -> Math::sin;
            case "cos" -> Math::cos;
            case "tan" -> Math::tan;
            case "asin" -> Math::asin;
            case "acos" -> Math::acos;
            case "atan" -> Math::atan;
            case "sinh" -> Math::sinh;
            case "cosh" -> Math::cosh;
            case "tanh" -> Math::tanh;
            case "asinh" -> GoMath::asinh;
            case "acosh" -> GoMath::acosh;
            case "atanh" -> GoMath::atanh;
            case "rad" -> v -> v * (Math.PI / 180);
            case "deg" -> v -> v * (180 / Math.PI);
            case "sgn" -> v -> v < 0 ? -1 : v > 0 ? 1 : v;
            default -> null;
        };
    }
}
