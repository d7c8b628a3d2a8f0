package dev.sluice.gotext;

/** Strings as Go quotes and orders them. Source: strconv.Quote, and Go's comparison of UTF-8 bytes. */
public final class GoString {
    private static final String HEX = "0123456789abcdef";

    private GoString() {}

    /** {@code %q}: in double quotes, with Go's escapes for what is not printable. */
    public static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> put(out, c, '"'));
        return out.append('"').toString();
    }

    /** {@code %q} of one character: in single quotes. */
    public static String quoteRune(int c) {
        StringBuilder out = new StringBuilder(4).append('\'');
        put(out, c, '\'');
        return out.append('\'').toString();
    }

    /** {@code %.10q}: the first {@code limit} characters, quoted. */
    public static String quote(String text, int limit) {
        return quote(
                text.codePointCount(0, text.length()) <= limit
                        ? text
                        : text.substring(0, text.offsetByCodePoints(0, limit)));
    }

    /** Compares in the order of UTF-8 bytes, which is the order of code points and not that of {@link String#compareTo}. */
    public static int compare(String a, String b) {
        int n = Math.min(a.length(), b.length());
        for (int i = 0; i < n; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // Surrogates stand for code points above every other char.
                boolean xs = Character.isSurrogate(x);
                boolean ys = Character.isSurrogate(y);
                return xs == ys ? Character.compare(x, y) : xs ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }

    /** How many bytes of UTF-8 the first {@code end} chars are. */
    public static int utf8Length(String text, int end) {
        int bytes = 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair counts for two of the four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    private static void put(StringBuilder out, int c, char quote) {
        switch (c) {
            case 7 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 11 -> out.append("\\v");
            case '\\' -> out.append("\\\\");
            default -> {
                if (c >= 0xdc80 && c <= 0xdcff) {
                    // A byte that is no UTF-8, kept as a lone surrogate.
                    out.append("\\x").append(hex(c & 0xff, 2));
                } else if (c == quote) {
                    out.append('\\').append(quote);
                } else if (printable(c)) {
                    out.appendCodePoint(c);
                } else if (c < 0x80) {
                    out.append("\\x").append(hex(c, 2));
                } else if (c < 0x10000) {
                    out.append("\\u").append(hex(c, 4));
                } else {
                    out.append("\\U").append(hex(c, 8));
                }
            }
        }
    }

    private static boolean printable(int c) {
        if (c == ' ') {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String hex(int c, int digits) {
        StringBuilder out = new StringBuilder(digits);
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >>> shift & 0xf));
        }
        return out.toString();
    }
}
