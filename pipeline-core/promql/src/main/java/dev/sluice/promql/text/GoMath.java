package dev.sluice.promql.text;

/** Functions whose special cases Go's package math defines otherwise than {@link Math}, or that Java lacks. */
public final class GoMath {
    private static final double LN2 = 0.6931471805599453;
    /** From here on x² swallows the 1 in x² + 1. */
    private static final double LARGE = 0x1p28;

    private GoMath() {}

    /** Exact for powers of two. */
    public static double log2(double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            return Math.log(value);
        }
        boolean subnormal = value < Double.MIN_NORMAL;
        double normal = subnormal ? value * 0x1p54 : value;
        int exponent = Math.getExponent(normal) + 1;
        double fraction = Math.scalb(normal, -exponent);
        int shown = subnormal ? exponent - 54 : exponent;
        return fraction == 0.5 ? shown - 1 : shown + Math.log(fraction) * (1 / LN2);
    }

    /** 1 to any power, and any number to the power 0, is 1; -1 to an infinite power, too. */
    public static double pow(double base, double exponent) {
        boolean one = base == 1 || (base == -1 && Double.isInfinite(exponent));
        return one ? 1 : Math.pow(base, exponent);
    }

    /** +Inf even where the other is NaN. */
    public static double max(double a, double b) {
        return a == Double.POSITIVE_INFINITY || b == Double.POSITIVE_INFINITY
                ? Double.POSITIVE_INFINITY
                : Math.max(a, b);
    }

    /** -Inf even where the other is NaN. */
    public static double min(double a, double b) {
        return a == Double.NEGATIVE_INFINITY || b == Double.NEGATIVE_INFINITY
                ? Double.NEGATIVE_INFINITY
                : Math.min(a, b);
    }

    public static double asinh(double x) {
        double size = Math.abs(x);
        double result =
                size > LARGE ? Math.log(size) + LN2 : Math.log1p(size + size * size / (1 + Math.sqrt(1 + size * size)));
        return Double.isInfinite(x) ? x : Math.copySign(result, x);
    }

    public static double acosh(double x) {
        if (x < 1) {
            return Double.NaN;
        }
        double t = x - 1;
        return x > LARGE ? Math.log(x) + LN2 : Math.log1p(t + Math.sqrt(2 * t + t * t));
    }

    public static double atanh(double x) {
        return x < -1 || x > 1 ? Double.NaN : 0.5 * Math.log1p(2 * x / (1 - x));
    }
}
