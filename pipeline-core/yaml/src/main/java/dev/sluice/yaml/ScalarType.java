package dev.sluice.yaml;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The type a scalar has by itself, by the rules of yaml.v3, which the Collector reads with: YAML 1.2 words for booleans, but octal
 * {@code 017} and {@code 5_000} as in YAML 1.1. Times and dates stay text.
 */
public enum ScalarType {
    STRING("string"),
    INT("int"),
    FLOAT("float64"),
    BOOL("bool");

    private static final Pattern DECIMAL_FLOAT =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern INTEGER =
            Pattern.compile("[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]*|[1-9][0-9]*)");
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> BOOLEANS = Set.of("true", "True", "TRUE", "false", "False", "FALSE");
    private static final Set<String> SPECIAL_FLOATS = Set.of(
            ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF");
    private static final BigInteger LEAST_INT64 = BigInteger.ONE.shiftLeft(63).negate();
    private static final BigInteger GREATEST_UINT64 =
            BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private final String goName;

    ScalarType(String goName) {
        this.goName = goName;
    }

    /** What Go calls it, for messages. */
    public String goName() {
        return goName;
    }

    /** The type of an unquoted scalar; null for one that means null. */
    public static @Nullable ScalarType ofPlain(String text) {
        if (NULLS.contains(text)) {
            return null;
        }
        if (BOOLEANS.contains(text)) {
            return BOOL;
        }
        if (SPECIAL_FLOATS.contains(text)) {
            return FLOAT;
        }
        String digits = text.replace("_", "");
        if (text.startsWith("_") || digits.isEmpty() || "+-.0123456789".indexOf(digits.charAt(0)) < 0) {
            return STRING;
        }
        if (INTEGER.matcher(digits).matches() && integer(digits) != null) {
            return INT;
        }
        return DECIMAL_FLOAT.matcher(digits).matches() ? FLOAT : STRING;
    }

    /** The value of a text of type {@link #INT}; null for anything else, and beyond 64 bits. */
    public static @Nullable BigInteger integer(String text) {
        String digits = text.replace("_", "");
        if (!INTEGER.matcher(digits).matches()) {
            return null;
        }
        boolean negative = digits.startsWith("-");
        String body = negative || digits.startsWith("+") ? digits.substring(1) : digits;
        String lower = body.toLowerCase(Locale.ROOT);
        BigInteger value;
        if (lower.startsWith("0x")) {
            value = new BigInteger(lower.substring(2), 16);
        } else if (lower.startsWith("0b")) {
            value = new BigInteger(lower.substring(2), 2);
        } else if (lower.startsWith("0o")) {
            if (lower.length() == 2) {
                return null;
            }
            value = new BigInteger(lower.substring(2), 8);
        } else if (lower.length() > 1 && lower.startsWith("0")) {
            value = new BigInteger(lower, 8);
        } else {
            value = new BigInteger(lower);
        }
        value = negative ? value.negate() : value;
        return value.compareTo(LEAST_INT64) < 0 || value.compareTo(GREATEST_UINT64) > 0 ? null : value;
    }

    /** The value of a text of type {@link #INT} or {@link #FLOAT}; throws {@link NumberFormatException} for any other. */
    public static double floating(String text) {
        BigInteger integer = integer(text);
        if (integer != null) {
            return integer.doubleValue();
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case ".nan" -> Double.NaN;
            case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
            case "-.inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text.replace("_", ""));
        };
    }
}
