package dev.sluice.gotext;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Doubles as Go prints and reads them. Source: strconv.FormatFloat, strconv.ParseFloat and package fmt. */
public final class GoFloat {
    /** From this exponent on the shortest {@code %g} is scientific. */
    private static final int EXPONENT_OF_G = 6;

    private static final int DECIMALS_OF_F = 6;

    /** Between these Java has no exponent either, and the fewest digits but for a zero behind the point. */
    private static final double USUAL_FROM = 1e-3;

    private static final double USUAL_BELOW = 1e6;

    private GoFloat() {}

    /** The shortest decimal without an exponent, {@code FormatFloat(v, 'f', -1, 64)}. */
    public static String plain(double value) {
        if (isUsual(value)) {
            return usual(value);
        }
        return Double.isFinite(value) ? Decimal.shortest(value).plain() : special(value);
    }

    /** The shortest {@code %g} (also {@code %v}): scientific below 1e-4 and from 1e6 up. */
    public static String g(double value) {
        if (isUsual(value)) {
            return usual(value);
        }
        return Double.isFinite(value) ? g(Decimal.shortest(value), EXPONENT_OF_G) : special(value);
    }

    /** The same of 32 bits, for which fewer digits do. */
    public static String g(float value) {
        return Float.isFinite(value) ? g(Decimal.shortest(value), EXPONENT_OF_G) : special(value);
    }

    /** {@code %.Ng}: at most {@code digits} significant digits, trailing zeros removed. */
    public static String g(double value, int digits) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        int precision = Math.max(digits, 1);
        BigDecimal rounded = new BigDecimal(value)
                .round(new MathContext(precision, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        return g(Decimal.of(rounded, negative(value)), precision);
    }

    private static String g(Decimal number, int precision) {
        boolean scientific = number.exponent() < -4 || number.exponent() >= precision;
        return scientific ? number.scientific() : number.plain();
    }

    /** {@code %f}: six decimals. */
    public static String fixed(double value) {
        return fixed(value, DECIMALS_OF_F);
    }

    /** {@code %.Nf}: that many decimals. */
    public static String fixed(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return (negative(value) && rounded.signum() == 0 ? "-" : "") + rounded.toPlainString();
    }

    /** {@code %.Ne}: one digit, {@code decimals} decimals and an exponent of at least two digits. */
    public static String exponential(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(decimals + 1, RoundingMode.HALF_EVEN));
        Decimal number = Decimal.of(rounded, negative(value));
        int missing = decimals + 1 - number.digits().length();
        return (missing > 0 ? number.padded(missing) : number).scientific();
    }

    /** The shortest decimal with an exponent, {@code FormatFloat(v, 'e', -1, 64)}. */
    public static String exponential(double value) {
        return Double.isFinite(value) ? Decimal.shortest(value).scientific() : special(value);
    }

    /** As OpenMetrics writes a bound: like {@link #g(double)}, and whole numbers end in {@code .0}. */
    public static String openMetrics(double value) {
        String text = g(value);
        return Double.isFinite(value) && text.indexOf('.') < 0 && text.indexOf('e') < 0 ? text + ".0" : text;
    }

    /** As jsoniter writes a number into JSON; the value must be finite. */
    public static String json(double value) {
        if (isUsual(value)) {
            return usual(value);
        }
        double size = Math.abs(value);
        Decimal shortest = Decimal.shortest(value);
        return size != 0 && (size < 1e-6 || size >= 1e21) ? shortest.scientific() : shortest.plain();
    }

    /** As the Collector's {@code AsString} and encoding/json: like {@link #json} but with {@code e-7} for {@code e-07}. */
    public static String text(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        return Double.isNaN(value) ? "NaN" : json(value).replace("e-0", "e-");
    }

    /** As {@code ParseFloat} with 64 bits reads it; {@code null} where that gives an error, a value out of range among them. */
    public static @Nullable Double parse(String text) {
        Double special = parseSpecial(text);
        if (special != null) {
            return special;
        }
        if (!isNumeric(text) || !underscoresSeparateDigits(text)) {
            return null;
        }
        try {
            double value = Double.parseDouble(text.replace("_", ""));
            return Double.isInfinite(value) ? null : value;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Double parseSpecial(String text) {
        boolean signed = text.startsWith("+") || text.startsWith("-");
        String word = signed ? text.substring(1) : text;
        if (word.equalsIgnoreCase("inf") || word.equalsIgnoreCase("infinity")) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return text.equalsIgnoreCase("nan") ? Double.NaN : null;
    }

    /** Leaves out what only Java takes: spaces, a type's letter behind the number, other scripts' digits. */
    private static boolean isNumeric(String text) {
        if (text.isEmpty() || !(isDigit(text.charAt(text.length() - 1), 10) || text.endsWith("."))) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isDigit(c, 16) && "xXpP.+-_".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean underscoresSeparateDigits(String text) {
        int prefix = Math.max(text.indexOf('x'), text.indexOf('X'));
        int radix = prefix < 0 ? 10 : 16;
        for (int at = text.indexOf('_'); at >= 0; at = text.indexOf('_', at + 1)) {
            boolean separates = at > 0
                    && at + 1 < text.length()
                    && (at - 1 == prefix || isDigit(text.charAt(at - 1), radix))
                    && isDigit(text.charAt(at + 1), radix);
            if (!separates) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c, int radix) {
        return c < 0x80 && Character.digit(c, radix) >= 0;
    }

    private static boolean isUsual(double value) {
        double size = Math.abs(value);
        return size >= USUAL_FROM && size < USUAL_BELOW;
    }

    /** What nearly all numbers are: without the detour of {@link Decimal}. */
    private static String usual(double value) {
        String text = Double.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** The sign bit is set, as it also is of -0. */
    private static boolean negative(double value) {
        return Double.doubleToRawLongBits(value) < 0;
    }

    private static String special(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return value > 0 ? "+Inf" : "-Inf";
    }
}
