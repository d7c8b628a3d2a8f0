package dev.sluice.prometheus;

import java.math.BigDecimal;

/**
 * Floating-point numbers as Prometheus's Go client prints them where nothing else is said, which is Go's {@code strconv.FormatFloat(v, 'g', -1, 64)}: the fewest digits
 * that read back as the same number, with an exponent of at least two digits below 1e-4 and from 1e6 up.
 */
public final class Numbers {
    private static final double EXPONENT_FROM = 1e6;

    private Numbers() {}

    static void put(Output out, double value) {
        put(out, value, "");
    }

    /** Whole numbers without an exponent end in {@code .0}, as OpenMetrics wants it. */
    static void putWithPoint(Output out, double value) {
        put(out, value, ".0");
    }

    private static void put(Output out, double value, String wholeSuffix) {
        if (value == (long) value && Math.abs(value) < EXPONENT_FROM) {
            put(out, (long) value);
            out.put(wholeSuffix);
        } else if (Double.isNaN(value)) {
            out.put("NaN");
        } else if (Double.isInfinite(value)) {
            out.put(value > 0 ? "+Inf" : "-Inf");
        } else {
            if (value < 0) {
                out.put('-');
            }
            putShortest(out, Math.abs(value));
        }
    }

    static void put(Output out, long value) {
        out.put(Long.toString(value));
    }

    /** A count: 64 bits without a sign. */
    static void putUnsigned(Output out, long value) {
        out.put(Long.toUnsignedString(value));
    }

    /** The fewest digits too, but never with an exponent: Go's {@code strconv.FormatFloat(v, 'f', -1, 64)}. */
    public static String plain(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    /** A count as the floating-point number nearest to it. */
    public static double toDouble(long unsigned) {
        return unsigned >= 0 ? unsigned : ((unsigned >>> 1) | (unsigned & 1)) * 2.0;
    }

    /** Takes the digits from {@link Double#toString(double)}, which are the shortest since Java 19, and sets the point anew. */
    private static void putShortest(Output out, double value) {
        String text = Double.toString(value);
        int e = text.indexOf('E');
        String mantissa = e < 0 ? text : text.substring(0, e);
        int point = mantissa.indexOf('.');
        String digits = mantissa.substring(0, point) + mantissa.substring(point + 1);
        int first = 0;
        while (digits.charAt(first) == '0') {
            first++;
        }
        int last = digits.length();
        while (digits.charAt(last - 1) == '0') {
            last--;
        }
        int exponent = point - 1 - first + (e < 0 ? 0 : Integer.parseInt(text.substring(e + 1)));
        String significant = digits.substring(first, last);
        if (exponent < -4 || value >= EXPONENT_FROM) {
            putScientific(out, significant, exponent);
        } else if (exponent < 0) {
            out.put("0." + "0".repeat(-exponent - 1) + significant);
        } else {
            // Whole numbers of this size were written before, so there is a digit behind the point.
            out.put(significant.substring(0, exponent + 1));
            out.put('.');
            out.put(significant.substring(exponent + 1));
        }
    }

    private static void putScientific(Output out, String digits, int exponent) {
        out.put(digits.charAt(0));
        if (digits.length() > 1) {
            out.put('.');
            out.put(digits.substring(1));
        }
        out.put(exponent < 0 ? "e-" : "e+");
        int size = Math.abs(exponent);
        if (size < 10) {
            out.put('0');
        }
        out.put(Integer.toString(size));
    }
}
