package dev.sluice.promql.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Doubles as Go prints and reads them. Source: strconv.FormatFloat, strconv.ParseFloat and package fmt. */
public final class GoFloat {
    /** From this exponent on the shortest {@code %g} is scientific. */
    private static final int EXPONENT_OF_G = 6;

    private GoFloat() {}

    /** The shortest decimal without an exponent, {@code FormatFloat(v, 'f', -1, 64)}. */
    public static String plain(double value) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        return value == 0 ? zero(value) : shortest(value).toPlainString();
    }

    /** The shortest {@code %g} (also {@code %v}): scientific below 1e-4 and from 1e6 up. */
    public static String g(double value) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        if (value == 0) {
            return zero(value);
        }
        BigDecimal shortest = shortest(value);
        int exponent = exponent(shortest);
        return exponent < -4 || exponent >= EXPONENT_OF_G ? scientific(shortest, exponent) : shortest.toPlainString();
    }

    /** {@code %.Ng}: at most {@code digits} significant digits, trailing zeros removed. */
    public static String g(double value, int digits) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        if (value == 0) {
            return zero(value);
        }
        int precision = Math.max(digits, 1);
        BigDecimal rounded = new BigDecimal(value)
                .round(new MathContext(precision, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        int exponent = exponent(rounded);
        return exponent < -4 || exponent >= precision ? scientific(rounded, exponent) : rounded.toPlainString();
    }

    /** {@code %.Nf}: that many decimals. */
    public static String fixed(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        String text =
                new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
        boolean negative = Double.doubleToRawLongBits(value) < 0;
        return negative && text.charAt(0) != '-' ? "-" + text : text;
    }

    /** {@code %.Ne}: one digit, {@code decimals} decimals and an exponent of at least two digits. */
    public static String exponential(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        BigDecimal rounded = value == 0
                ? BigDecimal.ZERO
                : new BigDecimal(value).round(new MathContext(decimals + 1, RoundingMode.HALF_EVEN));
        int exponent = value == 0 ? 0 : exponent(rounded);
        StringBuilder digits = new StringBuilder(rounded.unscaledValue().abs().toString());
        while (digits.length() < decimals + 1) {
            digits.append('0');
        }
        digits.setLength(decimals + 1);
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        return sign + digits.charAt(0) + (decimals > 0 ? "." + digits.substring(1) : "") + exponentText(exponent);
    }

    /** The shortest decimal with an exponent, {@code FormatFloat(v, 'e', -1, 64)}. */
    public static String exponential(double value) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        if (value == 0) {
            return zero(value) + exponentText(0);
        }
        BigDecimal shortest = shortest(value);
        return scientific(shortest, exponent(shortest));
    }

    /** As OpenMetrics writes a bound: like {@link #g(double)}, and whole numbers end in {@code .0}. */
    public static String openMetrics(double value) {
        String text = g(value);
        return Double.isFinite(value) && text.indexOf('.') < 0 && text.indexOf('e') < 0 ? text + ".0" : text;
    }

    /**
     * Reads what strconv.ParseFloat reads, underscores and hexadecimal aside; {@code null} where the text is no number or too large for a double.
     */
    public static @Nullable Double parse(String text) {
        int sign = !text.isEmpty() && (text.charAt(0) == '+' || text.charAt(0) == '-') ? 1 : 0;
        String size = text.substring(sign).toLowerCase(Locale.ROOT);
        boolean negative = sign == 1 && text.charAt(0) == '-';
        return switch (size) {
            case "inf", "infinity" -> negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            case "nan" -> sign == 0 ? Double.NaN : null;
            default -> size.isEmpty() || !decimal(size) ? null : finite(text);
        };
    }

    private static @Nullable Double finite(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isInfinite(value) ? null : value;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Java would also take a suffix such as {@code 1d} and hexadecimal. */
    private static boolean decimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && c != '.' && c != 'e' && c != '+' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static String special(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return value > 0 ? "+Inf" : "-Inf";
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

    private static String scientific(BigDecimal value, int exponent) {
        String digits = value.unscaledValue().abs().toString();
        StringBuilder text = new StringBuilder();
        if (value.signum() < 0) {
            text.append('-');
        }
        text.append(digits.charAt(0));
        if (digits.length() > 1) {
            text.append('.').append(digits, 1, digits.length());
        }
        return text.append(exponentText(exponent)).toString();
    }

    private static String exponentText(int exponent) {
        int size = Math.abs(exponent);
        return (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
    }
}
