package dev.sluice.processors.probabilisticsampler;

/** Text as Go reads and quotes it. Source: the behaviour of Go's package strconv. */
final class GoText {
    private GoText() {}

    /** As fmt's {@code %q}. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(point -> quote(point, quoted));
        return quoted.append('"').toString();
    }

    /** As {@code ParseFloat} with 64 bits; NaN where that gives an error, a value out of range among them. */
    static double parseFloat(String text) {
        double special = special(text);
        if (!Double.isNaN(special)) {
            return special;
        }
        if (!isNumeric(text) || !underscoresSeparateDigits(text)) {
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(text.replace("_", ""));
            return Double.isInfinite(value) ? Double.NaN : value;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static double special(String text) {
        boolean signed = text.startsWith("+") || text.startsWith("-");
        String word = signed ? text.substring(1) : text;
        if (word.equalsIgnoreCase("inf") || word.equalsIgnoreCase("infinity")) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return Double.NaN;
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

    private static void quote(int point, StringBuilder quoted) {
        switch (point) {
            case '"', '\\' -> quoted.append('\\').appendCodePoint(point);
            case 0x07 -> quoted.append("\\a");
            case '\b' -> quoted.append("\\b");
            case '\f' -> quoted.append("\\f");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            case 0x0B -> quoted.append("\\v");
            default -> {
                if (isPrint(point)) {
                    quoted.appendCodePoint(point);
                } else if (point < ' ' || point == 0x7F) {
                    quoted.append(String.format("\\x%02x", point));
                } else {
                    quoted.append(String.format(point < 0x10000 ? "\\u%04x" : "\\U%08x", point));
                }
            }
        }
    }

    private static boolean isPrint(int point) {
        return point == ' '
                || switch (Character.getType(point)) {
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
}
