package dev.sluice.promql.template;

import dev.sluice.gotext.GoFloat;
import dev.sluice.gotext.GoString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Go's {@code Sprintf} for the values of templates. */
final class GoFormat {
    private static final int HEX = 16;
    private static final int DEFAULT_DECIMALS = 6;

    private final String format;
    private final List<? extends @Nullable Object> arguments;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int next;
    private String flags = "";
    private int width;
    private int precision;

    private GoFormat(String format, List<? extends @Nullable Object> arguments) {
        this.format = format;
        this.arguments = arguments;
    }

    static String format(String format, List<? extends @Nullable Object> arguments) {
        return new GoFormat(format, arguments).run();
    }

    /** As Go's {@code Sprint}: with a space between two that are not strings. */
    static String print(List<? extends @Nullable Object> arguments) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < arguments.size(); i++) {
            if (i > 0 && !(arguments.get(i) instanceof String) && !(arguments.get(i - 1) instanceof String)) {
                out.append(' ');
            }
            out.append(Values.text(arguments.get(i)));
        }
        return out.toString();
    }

    private String run() {
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            if (percent < 0) {
                break;
            }
            out.append(format, at, percent);
            at = percent + 1;
            flags = readFlags();
            width = readNumber();
            precision = -1;
            if (at < format.length() && format.charAt(at) == '.') {
                at++;
                precision = Math.max(readNumber(), 0);
            }
            if (at >= format.length()) {
                return out.append("%!(NOVERB)").toString();
            }
            verb();
        }
        out.append(format, at, format.length());
        if (next < arguments.size()) {
            extra();
        }
        return out.toString();
    }

    private void extra() {
        out.append("%!(EXTRA ");
        for (int i = next; i < arguments.size(); i++) {
            Object argument = arguments.get(i);
            out.append(i > next ? ", " : "");
            out.append(argument == null ? "<nil>" : Values.type(argument) + "=" + Values.text(argument));
        }
        out.append(')');
    }

    private String readFlags() {
        int start = at;
        while (at < format.length() && "+-# 0".indexOf(format.charAt(at)) >= 0) {
            at++;
        }
        return format.substring(start, at);
    }

    /** A number, or that of an argument; -1 where there is none. */
    private int readNumber() {
        if (at < format.length() && format.charAt(at) == '*') {
            at++;
            if (next < arguments.size() && arguments.get(next) instanceof Long number) {
                next++;
                return (int) Math.min(number, 1000);
            }
            return -1;
        }
        int start = at;
        int number = 0;
        while (at < format.length() && Character.isDigit(format.charAt(at))) {
            number = Math.min(1000, 10 * number + format.charAt(at++) - '0');
        }
        return at == start ? -1 : number;
    }

    private void verb() {
        int verb = format.codePointAt(at);
        at += Character.charCount(verb);
        if (verb == '%') {
            out.append('%');
            return;
        }
        if (next >= arguments.size()) {
            out.append("%!").appendCodePoint(verb).append("(MISSING)");
            return;
        }
        Object argument = arguments.get(next++);
        String text = verb == 'T' ? Values.type(argument) : formatted(verb, argument);
        if (text == null) {
            out.append("%!").appendCodePoint(verb).append('(');
            out.append(argument == null ? "<nil>" : Values.type(argument) + "=" + Values.text(argument));
            out.append(')');
        } else {
            pad(text, argument);
        }
    }

    private @Nullable String formatted(int verb, @Nullable Object argument) {
        return switch (argument) {
            case Double number -> ofDouble(verb, number);
            case Long number -> ofLong(verb, number);
            case String string -> ofString(verb, string);
            case Boolean b -> verb == 't' || verb == 'v' ? b.toString() : null;
            case null -> verb == 'v' ? "<nil>" : null;
            default -> verb == 'v' || verb == 's' ? Values.text(argument) : null;
        };
    }

    private @Nullable String ofDouble(int verb, double number) {
        String text = switch (verb) {
            case 'f', 'F' -> GoFloat.fixed(number, precision < 0 ? DEFAULT_DECIMALS : precision);
            case 'e' -> GoFloat.exponential(number, precision < 0 ? DEFAULT_DECIMALS : precision);
            case 'E' ->
                GoFloat.exponential(number, precision < 0 ? DEFAULT_DECIMALS : precision)
                        .replace('e', 'E');
            case 'g', 'v' -> precision < 0 ? GoFloat.g(number) : GoFloat.g(number, precision);
            case 'G' -> (precision < 0 ? GoFloat.g(number) : GoFloat.g(number, precision)).replace('e', 'E');
            default -> null;
        };
        return text == null ? null : signed(text);
    }

    private @Nullable String ofLong(int verb, long number) {
        return switch (verb) {
            case 'd', 'v' -> signed(Long.toString(number));
            case 'x' -> Long.toString(number, HEX);
            case 'X' -> Long.toString(number, HEX).toUpperCase(Locale.ROOT);
            case 'o' -> Long.toString(number, 8);
            case 'b' -> Long.toString(number, 2);
            case 'c' -> Character.isValidCodePoint((int) number) ? Character.toString((int) number) : "\ufffd";
            case 'q' -> GoString.quoteRune((int) number);
            default -> null;
        };
    }

    private @Nullable String ofString(int verb, String string) {
        String cut = precision >= 0 && precision < string.codePointCount(0, string.length())
                ? string.substring(0, string.offsetByCodePoints(0, precision))
                : string;
        return switch (verb) {
            case 's', 'v' -> cut;
            case 'q' -> GoString.quote(cut);
            case 'x', 'X' -> {
                StringBuilder hex = new StringBuilder();
                for (byte b : cut.getBytes(StandardCharsets.UTF_8)) {
                    hex.append((verb == 'x' ? "%02x" : "%02X").formatted(b & 0xff));
                }
                yield hex.toString();
            }
            default -> null;
        };
    }

    private String signed(String number) {
        if (number.startsWith("+Inf")) {
            return number;
        }
        boolean unsigned = !number.startsWith("-") && !number.startsWith("+");
        return !unsigned ? number : flags.contains("+") ? "+" + number : flags.contains(" ") ? " " + number : number;
    }

    private void pad(String text, @Nullable Object argument) {
        int missing = width - text.codePointCount(0, text.length());
        if (missing <= 0) {
            out.append(text);
            return;
        }
        boolean number = (argument instanceof Double d && Double.isFinite(d)) || argument instanceof Long;
        if (flags.contains("-")) {
            out.append(text).repeat(" ", missing);
        } else if (flags.contains("0") && number) {
            int sign = "+- ".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
            out.append(text, 0, sign).repeat("0", missing).append(text, sign, text.length());
        } else {
            out.repeat(" ", missing).append(text);
        }
    }
}
