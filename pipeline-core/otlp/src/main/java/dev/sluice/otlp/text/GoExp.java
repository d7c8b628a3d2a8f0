package dev.sluice.otlp.text;

/**
 * The exponential function to the last digit as Go computes it on x86-64 with fused multiply-add: bounds of buckets are printed with
 * all digits, and Java's differs in the last. The method is range reduction by ln 2, the Taylor series on a sixteenth of the rest,
 * and {@code e^2x - 1 = (e^x - 1)(e^x + 1)} four times.
 */
final class GoExp {
    private static final double LN2_HIGH = 0x1.62e42fefa3p-1;
    private static final double LN2_LOW = 2.8235290563031577e-13;
    private static final double LARGEST = 7.09782712893384e+02;
    /** 1/8! down to 1/2!, and 1. */
    private static final double[] SERIES = {1 / 40320d, 1 / 5040d, 1 / 720d, 1 / 120d, 1 / 24d, 1 / 6d, 1 / 2d, 1};

    private GoExp() {}

    static double exp(double x) {
        if (!Double.isFinite(x)) {
            return x == Double.NEGATIVE_INFINITY ? 0 : x;
        }
        if (x > LARGEST) {
            return Double.POSITIVE_INFINITY;
        }
        double k = Math.rint(x * (1 / Math.log(2)));
        double rest = Math.fma(-k, LN2_LOW, Math.fma(-k, LN2_HIGH, x)) / 16;
        double sum = SERIES[0];
        for (int i = 1; i < SERIES.length; i++) {
            sum = Math.fma(sum, rest, SERIES[i]);
        }
        double lessOne = rest * sum;
        for (int i = 0; i < 3; i++) {
            lessOne *= lessOne + 2;
        }
        double fraction = Math.fma(lessOne, lessOne + 2, 1);
        // 1024 is one more than the largest exponent of a double, also where the fraction is below 1.
        return k >= Double.MAX_EXPONENT + 1 ? Double.POSITIVE_INFINITY : Math.scalb(fraction, (int) Math.max(k, -2000));
    }
}
