package dev.sluice.promql.syntax;

import dev.sluice.gotext.GoFloat;
import dev.sluice.gotext.GoString;
import dev.sluice.promql.text.PrometheusDuration;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The values of literal tokens. */
public final class Literals {
    private static final double NANOS_LIMIT = 0x1p63 / 1e9;

    private Literals() {}

    /** The next token, which is a number or a duration. */
    static NumberLiteral take(Tokens tokens) throws ParseException {
        Token token = tokens.take();
        boolean duration = token.type() == TokenType.DURATION;
        return new NumberLiteral(duration ? seconds(token, tokens) : number(token, tokens), duration, token.span());
    }

    /** The value of a number or a duration, which may have a sign. */
    static double takeSigned(Tokens tokens) throws ParseException {
        boolean negative = tokens.at(TokenType.SUB);
        if (negative || tokens.at(TokenType.ADD)) {
            tokens.take();
        }
        if (!tokens.at(TokenType.NUMBER) && !tokens.at(TokenType.DURATION)) {
            throw tokens.unexpected();
        }
        double size = take(tokens).value();
        return negative ? -size : size;
    }

    /** The value of a number; whole numbers may be hexadecimal ({@code 0x1f}) or octal ({@code 017}), as in Go. */
    private static double number(Token token, Tokens tokens) throws ParseException {
        String text = token.text().replace("_", "");
        Double whole = token.text().endsWith("_") ? null : whole(text);
        if (whole != null) {
            return whole;
        }
        boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
        Double value = hexadecimal || token.text().endsWith("_") ? null : GoFloat.parse(text);
        if (value == null) {
            boolean range = !hexadecimal && tooLarge(token.text());
            throw tokens.error(
                    "error parsing number: strconv.ParseFloat: parsing " + GoString.quote(token.text()) + ": "
                            + (range ? "value out of range" : "invalid syntax"),
                    token.span());
        }
        return value;
    }

    private static boolean tooLarge(String text) {
        try {
            return Double.isInfinite(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static @Nullable Double whole(String text) {
        int radix = 10;
        String digits = text;
        if (text.startsWith("0x") || text.startsWith("0X")) {
            radix = 16;
            digits = text.substring(2);
        } else if (text.startsWith("0") && text.length() > 1) {
            radix = 8;
            digits = text.substring(1);
        }
        for (int i = 0; i < digits.length(); i++) {
            if (Character.digit(digits.charAt(i), radix) < 0) {
                return null;
            }
        }
        if (digits.isEmpty()) {
            return null;
        }
        BigInteger value = new BigInteger(digits, radix);
        return value.bitLength() > 63 ? null : (double) value.longValueExact();
    }

    /** Seconds of a duration token. */
    private static double seconds(Token token, Tokens tokens) throws ParseException {
        try {
            return PrometheusDuration.parse(token.text()) / 1e9;
        } catch (PrometheusDuration.DurationException e) {
            throw tokens.error(String.valueOf(e.getMessage()), token.span());
        }
    }

    /** Seconds as nanoseconds, to the nearest. */
    static long nanos(double seconds) {
        // As Go's math.Round: halves away from zero.
        double nanos = seconds * 1e9;
        return (long) (nanos < 0 ? -Math.floor(-nanos + 0.5) : Math.floor(nanos + 0.5));
    }

    static boolean outOfRange(double seconds) {
        return seconds > NANOS_LIMIT || seconds < -NANOS_LIMIT;
    }

    /** The text that a string token stands for; the lexer has checked its escapes. */
    public static String unquote(String token) {
        String inner = token.substring(1, token.length() - 1);
        if (token.charAt(0) == '`' || inner.indexOf('\\') < 0) {
            return inner;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int i = 0;
        while (i < inner.length()) {
            int c = inner.codePointAt(i);
            i += Character.charCount(c);
            if (c != '\\') {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            char escape = inner.charAt(i++);
            int simple = "abfnrtv".indexOf(escape);
            if (simple >= 0) {
                out.write("\u0007\b\f\n\r\t\u000b".charAt(simple));
            } else if (escape == 'x') {
                out.write(Integer.parseInt(inner, i, i + 2, 16));
                i += 2;
            } else if (escape == 'u' || escape == 'U') {
                int digits = escape == 'u' ? 4 : 8;
                int point = Integer.parseInt(inner, i, i + digits, 16);
                out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                i += digits;
            } else if (escape >= '0' && escape <= '7') {
                out.write(Integer.parseInt(inner, i - 1, i + 2, 8));
                i += 2;
            } else {
                out.write(escape);
            }
        }
        return Utf8Bytes.decode(out.toByteArray());
    }
}
