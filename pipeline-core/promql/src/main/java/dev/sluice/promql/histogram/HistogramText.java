package dev.sluice.promql.histogram;

import dev.sluice.gotext.GoFloat;
import java.util.StringJoiner;

/** Histograms as text: the form of results, and the form of test scripts. Source: prometheus FloatHistogram String and TestExpression. */
public final class HistogramText {
    private HistogramText() {}

    /** {@code {count:3, sum:5, (1,2]:3}}: buckets that are not empty, lowest first. */
    static String text(NativeHistogram h) {
        StringBuilder out = new StringBuilder("{count:")
                .append(GoFloat.g(h.count()))
                .append(", sum:")
                .append(GoFloat.g(h.sum()));
        Buckets negative = h.negative();
        for (int i = negative.size() - 1; i >= 0; i--) {
            double lower = -BucketBounds.bound(negative.index(i), h.schema(), h.bounds());
            double upper = -BucketBounds.bound(negative.index(i) - 1, h.schema(), h.bounds());
            bucket(out, lower < 0, lower, upper, upper > 0, negative.count(i));
        }
        if (!h.custom()) {
            bucket(out, true, -h.zeroThreshold(), h.zeroThreshold(), true, h.zeroCount());
        }
        Buckets positive = h.positive();
        for (int i = 0; i < positive.size(); i++) {
            int index = positive.index(i);
            double lower = BucketBounds.bound(index - 1, h.schema(), h.bounds());
            double upper = BucketBounds.bound(index, h.schema(), h.bounds());
            boolean inclusive = h.custom() ? index == 0 : lower < 0;
            bucket(out, inclusive, lower, upper, h.custom() || upper > 0, positive.count(i));
        }
        return out.append('}').toString();
    }

    private static void bucket(
            StringBuilder out, boolean fromInclusive, double lower, double upper, boolean toInclusive, double count) {
        if (count != 0) {
            out.append(", ")
                    .append(fromInclusive ? '[' : '(')
                    .append(GoFloat.g(lower))
                    .append(',')
                    .append(GoFloat.g(upper))
                    .append(toInclusive ? ']' : ')')
                    .append(':')
                    .append(GoFloat.g(count));
        }
    }

    /** <code>{{schema:0 count:3 sum:5 offset:1 buckets:[3]}}</code>, what a test script would say for this histogram. */
    public static String script(NativeHistogram histogram) {
        NativeHistogram h = histogram.compact();
        StringJoiner out = new StringJoiner(" ", "{{", "}}");
        if (h.schema() != 0) {
            out.add("schema:" + h.schema());
        }
        number(out, "count", h.count());
        number(out, "sum", h.sum());
        number(out, "z_bucket", h.zeroCount());
        number(out, "z_bucket_w", h.zeroThreshold());
        if (h.custom()) {
            StringJoiner bounds = new StringJoiner(" ", "custom_values:[", "]");
            for (double bound : h.bounds()) {
                bounds.add(GoFloat.g(bound));
            }
            out.add(bounds.toString());
        }
        if (h.hint() != ResetHint.UNKNOWN) {
            out.add("counter_reset_hint:" + h.hint().text());
        }
        buckets(out, "offset", "buckets", h.positive());
        buckets(out, "n_offset", "n_buckets", h.negative());
        return out.toString();
    }

    private static void number(StringJoiner out, String key, double value) {
        if (value != 0) {
            out.add(key + ":" + GoFloat.g(value));
        }
    }

    private static void buckets(StringJoiner out, String offset, String key, Buckets buckets) {
        if (buckets.size() == 0) {
            return;
        }
        if (buckets.index(0) != 0) {
            out.add(offset + ":" + buckets.index(0));
        }
        StringJoiner counts = new StringJoiner(" ", key + ":[", "]");
        for (int i = 0; i < buckets.size(); i++) {
            for (int gap = i == 0 ? 0 : buckets.index(i) - buckets.index(i - 1) - 1; gap > 0; gap--) {
                counts.add("0");
            }
            counts.add(GoFloat.g(buckets.count(i)));
        }
        out.add(counts.toString());
    }
}
