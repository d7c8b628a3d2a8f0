package dev.sluice.promql.script;

import dev.sluice.gotext.GoFloat;
import dev.sluice.promql.histogram.Buckets;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.histogram.ResetHint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A histogram as scripts write it.
 *
 * @param hintGiven whether the counter reset hint was written down
 */
record HistogramLiteral(NativeHistogram histogram, boolean hintGiven) {
    /** @param text what stands between the double braces */
    static HistogramLiteral parse(String text, int line) throws ScriptException {
        Map<String, String> fields = fields(text, line);
        int schema = (int) number(fields, "schema", line);
        ResetHint hint = hint(fields.get("counter_reset_hint"), line);
        double count = number(fields, "count", line);
        double sum = number(fields, "sum", line);
        Buckets positive = buckets(fields, "offset", "buckets", line);
        Buckets negative = buckets(fields, "n_offset", "n_buckets", line);
        NativeHistogram histogram = schema == NativeHistogram.CUSTOM
                ? NativeHistogram.custom(hint, count, sum, numbers(fields.get("custom_values"), line), positive)
                : NativeHistogram.exponential(
                        hint,
                        schema,
                        number(fields, "z_bucket_w", line),
                        number(fields, "z_bucket", line),
                        count,
                        sum,
                        positive,
                        negative);
        return new HistogramLiteral(histogram, fields.containsKey("counter_reset_hint"));
    }

    private static Map<String, String> fields(String text, int line) throws ScriptException {
        Map<String, String> fields = new LinkedHashMap<>();
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            int colon = text.indexOf(':', at);
            if (colon < 0) {
                throw new ScriptException(line, "missing `:` for histogram descriptor");
            }
            String key = text.substring(at, colon);
            if (!KEYS.contains(key)) {
                throw new ScriptException(line, "bad histogram descriptor found: \"" + key + "\"");
            }
            int end = end(text, colon + 1);
            if (fields.put(key, text.substring(colon + 1, end)) != null) {
                throw new ScriptException(line, "duplicate key \"" + key + "\" in histogram");
            }
            at = end;
        }
        return fields;
    }

    private static final Set<String> KEYS = Set.of(
            "schema",
            "count",
            "sum",
            "z_bucket",
            "z_bucket_w",
            "custom_values",
            "buckets",
            "offset",
            "n_buckets",
            "n_offset",
            "counter_reset_hint");

    private static int end(String text, int from) {
        int end = from;
        if (end < text.length() && text.charAt(end) == '[') {
            int close = text.indexOf(']', end);
            return close < 0 ? text.length() : close + 1;
        }
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static ResetHint hint(@Nullable String text, int line) throws ScriptException {
        if (text == null) {
            return ResetHint.UNKNOWN;
        }
        for (ResetHint hint : ResetHint.values()) {
            if (hint.text().equals(text)) {
                return hint;
            }
        }
        throw new ScriptException(line, "error parsing counter_reset_hint: unknown value " + text);
    }

    private static double number(Map<String, String> fields, String key, int line) throws ScriptException {
        String text = fields.get(key);
        return text == null ? 0 : number(text, line);
    }

    private static double number(String text, int line) throws ScriptException {
        Double value = GoFloat.parse(text);
        if (value == null) {
            throw new ScriptException(line, "not a number in a histogram: \"" + text + "\"");
        }
        return value;
    }

    private static double[] numbers(@Nullable String list, int line) throws ScriptException {
        if (list == null) {
            return new double[0];
        }
        if (!list.startsWith("[") || !list.endsWith("]")) {
            throw new ScriptException(line, "expected a list in brackets, not \"" + list + "\"");
        }
        String[] texts = list.substring(1, list.length() - 1).trim().split("\\s+", -1);
        double[] numbers = new double[texts.length];
        for (int i = 0; i < texts.length; i++) {
            numbers[i] = number(texts[i], line);
        }
        return numbers;
    }

    private static Buckets buckets(Map<String, String> fields, String offset, String key, int line)
            throws ScriptException {
        return Buckets.from((int) number(fields, offset, line), numbers(fields.get(key), line));
    }
}
