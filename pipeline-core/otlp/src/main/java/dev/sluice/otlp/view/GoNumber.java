package dev.sluice.otlp.view;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Doubles as Go prints them, for output that must equal the Collector's. Source: Go's strconv.FormatFloat and package fmt. */
public final class GoNumber {
    /** From here on {@code %v} shows an exponent. */
    private static final int EXPONENT_OF_V = 6;

    /** Between these {@link Double#toString} has no exponent, and is the shortest decimal but for a zero behind the point. */
    private static final double PLAIN_FROM = 1e-3;

    private static final double PLAIN_BELOW = 1e7;

    private GoNumber() {}

    /** As fmt's {@code %v}. */
    public static String v(double value) {
        if (!Double.isFinite(value)) {
            return special(value, "+Inf", "-Inf");
        }
        if (value == 0) {
            return zero(value);
        }
        BigDecimal shortest = shortest(value);
        int exponent = exponent(shortest);
        return exponent < -4 || exponent >= EXPONENT_OF_V ? exponential(shortest, exponent) : shortest.toPlainString();
    }

    /** As fmt's {@code %f}: six decimals. */
    public static String f(double value) {
        if (!Double.isFinite(value)) {
            return special(value, "+Inf", "-Inf");
        }
        String text = new BigDecimal(value).setScale(6, RoundingMode.HALF_EVEN).toPlainString();
        boolean negative = Double.doubleToRawLongBits(value) < 0;
        return negative && text.charAt(0) != '-' ? "-" + text : text;
    }

    /** As jsoniter writes a number into JSON; the value must be finite. */
    public static String json(double value) {
        double size = Math.abs(value);
        if (size >= PLAIN_FROM && size < PLAIN_BELOW) {
            return plain(value);
        }
        if (value == 0) {
            return zero(value);
        }
        BigDecimal shortest = shortest(value);
        return size < 1e-6 || size >= 1e21 ? exponential(shortest, exponent(shortest)) : shortest.toPlainString();
    }

    /** As the Collector's {@code AsString} and encoding/json: like {@link #json} but with {@code e-7} for {@code e-07}. */
    public static String text(double value) {
        if (!Double.isFinite(value)) {
            return special(value, "Infinity", "-Infinity");
        }
        return json(value).replace("e-0", "e-");
    }

    private static String special(double value, String positive, String negative) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return value > 0 ? positive : negative;
    }

    /** What nearly all numbers are: without the detour of {@link #shortest}, which takes more than twice as long. */
    private static String plain(double value) {
        String text = Double.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String zero(double value) {
        return Double.doubleToRawLongBits(value) < 0 ? "-0" : "0";
    }

    /** The shortest decimal that reads back as the value. */
    private static BigDecimal shortest(double value) {
        BigDecimal found = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (found.precision() == 2) {
            // Java gives two digits even where one would do, as in 4.9E-324.
            BigDecimal one = found.round(new MathContext(1));
            if (one.doubleValue() == value) {
                return one;
            }
        }
        return found;
    }

    private static int exponent(BigDecimal value) {
        return value.precision() - value.scale() - 1;
    }

    private static String exponential(BigDecimal value, int exponent) {
        String digits = value.unscaledValue().abs().toString();
        StringBuilder text = new StringBuilder();
        if (value.signum() < 0) {
            text.append('-');
        }
        text.append(digits.charAt(0));
        if (digits.length() > 1) {
            text.append('.').append(digits, 1, digits.length());
        }
        text.append(exponent < 0 ? "e-" : "e+");
        int size = Math.abs(exponent);
        if (size < 10) {
            text.append('0');
        }
        return text.append(size).toString();
    }
}
