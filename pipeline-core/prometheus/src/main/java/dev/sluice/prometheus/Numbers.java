package dev.sluice.prometheus;

import dev.sluice.gotext.GoFloat;

/** Numbers as Prometheus's Go client prints them. */
public final class Numbers {
    private static final double EXPONENT_FROM = 1e6;

    private Numbers() {}

    static void put(Output out, double value) {
        if (isWhole(value)) {
            put(out, (long) value);
        } else {
            out.put(GoFloat.g(value));
        }
    }

    /** Whole numbers without an exponent end in {@code .0}, as OpenMetrics wants it. */
    static void putWithPoint(Output out, double value) {
        if (isWhole(value)) {
            put(out, (long) value);
            out.put(".0");
        } else {
            out.put(GoFloat.g(value));
        }
    }

    /** Those are most numbers, and quickly told. The negative zero is one, for the client writes it without its sign. */
    private static boolean isWhole(double value) {
        return value == (long) value && Math.abs(value) < EXPONENT_FROM;
    }

    static void put(Output out, long value) {
        out.put(Long.toString(value));
    }

    /** A count: 64 bits without a sign. */
    static void putUnsigned(Output out, long value) {
        out.put(Long.toUnsignedString(value));
    }

    /** A count as the floating-point number nearest to it. */
    public static double toDouble(long unsigned) {
        return unsigned >= 0 ? unsigned : ((unsigned >>> 1) | (unsigned & 1)) * 2.0;
    }
}
