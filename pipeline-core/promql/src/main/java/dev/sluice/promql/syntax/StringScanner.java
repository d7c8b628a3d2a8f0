package dev.sluice.promql.syntax;

import dev.sluice.gotext.GoString;
import java.util.Locale;

/** Reads strings, whose escapes it checks. {@link Literals#unquote} gives their values. */
final class StringScanner {
    private final Characters text;

    StringScanner(Characters text) {
        this.text = text;
    }

    /** The quote has been read. */
    Token quoted(int quote) throws ParseException {
        while (true) {
            int c = text.read();
            if (c == Characters.END || c == '\n') {
                throw text.error("unterminated quoted string");
            }
            if (c == quote) {
                return text.token(TokenType.STRING);
            }
            if (c == 0xfffd) {
                throw text.error("invalid UTF-8 rune");
            }
            if (c == '\\') {
                escape(quote);
            }
        }
    }

    /** In back quotes, of which the first has been read. */
    Token raw() throws ParseException {
        while (true) {
            int c = text.read();
            if (c == Characters.END) {
                throw text.error("unterminated raw string");
            }
            if (c == '`') {
                return text.token(TokenType.STRING);
            }
            if (c == 0xfffd) {
                throw text.error("invalid UTF-8 rune");
            }
        }
    }

    private void escape(int quote) throws ParseException {
        int c = text.read();
        if (c == quote || c == '\\' || (c > 0 && "abfnrtv".indexOf(c) >= 0)) {
            return;
        }
        int digits;
        int base = 16;
        int max = Character.MAX_CODE_POINT;
        switch (c) {
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                digits = 3;
                base = 8;
                max = 255;
            }
            case 'x' -> {
                digits = 2;
                max = 255;
                c = text.read();
            }
            case 'u' -> {
                digits = 4;
                c = text.read();
            }
            case 'U' -> {
                digits = 8;
                c = text.read();
            }
            case Characters.END -> throw text.error("escape sequence not terminated");
            default -> throw text.error("unknown escape sequence " + unicode(c));
        }
        long value = 0;
        for (int i = 0; i < digits; i++) {
            if (i > 0) {
                c = text.read();
            }
            int digit = c < 128 ? Character.digit(c, base) : -1;
            if (digit < 0) {
                throw text.error(
                        c == Characters.END
                                ? "escape sequence not terminated"
                                : "illegal character " + unicode(c) + " in escape sequence");
            }
            value = value * base + digit;
        }
        if (value > max || (value >= 0xd800 && value < 0xe000)) {
            throw text.error("escape sequence is an invalid Unicode code point");
        }
    }

    /** As Go's {@code %#U}: {@code U+0068 'h'}. */
    private static String unicode(int c) {
        String quoted = GoString.quoteRune(c);
        boolean printed = quoted.indexOf('\\') < 0 || c == '\\' || c == '\'';
        return String.format(Locale.ROOT, "U+%04X", c) + (printed ? " '" + Character.toString(c) + "'" : "");
    }
}
