package dev.sluice.otlp.view;

import dev.sluice.gotext.GoFloat;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** A value as text, as the Collector's {@code pcommon.Value.AsString} makes it. */
final class ValueText {
    private ValueText() {}

    static String of(AnyValueView value) {
        return switch (value.kind()) {
            case EMPTY -> "";
            case STRING -> value.string();
            case BOOL -> Boolean.toString(value.bool());
            case INT -> Long.toString(value.integer());
            case DOUBLE -> GoFloat.text(value.decimal());
            case BYTES -> Base64.getEncoder().encodeToString(value.bytes());
            case SLICE, MAP -> {
                StringBuilder json = new StringBuilder();
                // JSON has no NaN: Go's encoder then fails, and the Collector shows nothing at all.
                yield json(value, json) ? json.toString() : "";
            }
        };
    }

    private static boolean json(AnyValueView value, StringBuilder json) {
        switch (value.kind()) {
            case EMPTY -> json.append("null");
            case STRING -> string(value.string(), json);
            case BOOL -> json.append(value.bool());
            case INT -> json.append(value.integer());
            case DOUBLE -> {
                if (!Double.isFinite(value.decimal())) {
                    return false;
                }
                json.append(GoFloat.text(value.decimal()));
            }
            case BYTES -> {
                if (value.contentLength() == 0) {
                    json.append("null");
                } else {
                    json.append('"')
                            .append(Base64.getEncoder().encodeToString(value.bytes()))
                            .append('"');
                }
            }
            case SLICE -> {
                return slice(value.values(), json);
            }
            case MAP -> {
                return map(value.entries(), json);
            }
        }
        return true;
    }

    private static boolean slice(ValuesView values, StringBuilder json) {
        json.append('[');
        boolean first = true;
        while (values.next()) {
            if (!first) {
                json.append(',');
            }
            first = false;
            if (!json(values.value(), json)) {
                return false;
            }
        }
        json.append(']');
        return true;
    }

    private static boolean map(AttributesView entries, StringBuilder json) {
        // Go sorts the keys of a map, and the last of equal ones counts.
        Map<String, String> sorted = new TreeMap<>(ValueText::compareCodePoints);
        while (entries.next()) {
            StringBuilder value = new StringBuilder();
            if (!json(entries.value(), value)) {
                return false;
            }
            sorted.put(entries.key(), value.toString());
        }
        json.append('{');
        boolean first = true;
        for (Map.Entry<String, String> entry : sorted.entrySet()) {
            if (!first) {
                json.append(',');
            }
            first = false;
            string(entry.getKey(), json);
            json.append(':').append(entry.getValue());
        }
        json.append('}');
        return true;
    }

    /** The order of the UTF-8 bytes, which is that of the code points. */
    private static int compareCodePoints(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean xHigh = Character.isSurrogate(x);
                boolean yHigh = Character.isSurrogate(y);
                return xHigh == yHigh ? Character.compare(x, y) : Boolean.compare(xHigh, yHigh);
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    private static void string(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\u2028', '\u2029' ->
                    json.append("\\u").append(HexFormat.of().toHexDigits(c));
                default -> {
                    if (c < ' ') {
                        json.append("\\u").append(HexFormat.of().toHexDigits(c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
