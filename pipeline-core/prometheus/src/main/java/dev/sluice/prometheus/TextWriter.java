package dev.sluice.prometheus;

import dev.sluice.otlp.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The text format 0.0.4 and OpenMetrics 1.0, in the dialect of Prometheus's Go client, so that the same data gives the same bytes.
 */
final class TextWriter implements ExpositionWriter {
    private static final String TOTAL = "_total";

    private final Output out = new Output();
    private final Escaping escaping;
    private final boolean openMetrics;

    private String name = "";
    private MetricType type = MetricType.UNTYPED;

    TextWriter(Escaping escaping, boolean openMetrics) {
        this.escaping = escaping;
        this.openMetrics = openMetrics;
    }

    @Override
    public void begin(MetricFamily.Header header) {
        name = escaping.escape(header.name());
        type = header.type();
        boolean counter = type == MetricType.COUNTER;
        boolean total = name.endsWith(TOTAL);
        String family = openMetrics && counter && total ? name.substring(0, name.length() - TOTAL.length()) : name;
        metadata("# HELP ", family);
        out.putEscaped(header.help(), openMetrics);
        metadata("\n# TYPE ", family);
        // A counter of another name would be an error in OpenMetrics.
        out.put(!openMetrics ? type.text() : counter && !total ? "unknown" : type.openMetrics());
        out.put('\n');
        if (openMetrics && !header.unit().isEmpty() && family.endsWith("_" + header.unit())) {
            metadata("# UNIT ", family);
            out.putEscaped(header.unit(), true);
            out.put('\n');
        }
    }

    @Override
    public void sample(Sample sample) {
        switch (sample) {
            case Sample.Value value -> value(value);
            case Sample.Histogram histogram -> histogram(histogram);
            case Sample.NativeHistogram histogram -> nativeHistogram(histogram);
            case Sample.Summary summary -> summary(summary);
        }
    }

    @Override
    public void end() {
        type = MetricType.UNTYPED;
    }

    @Override
    public Bytes take() {
        return out.take();
    }

    @Override
    public Bytes finish() {
        if (openMetrics) {
            out.put("# EOF\n");
        }
        return out.take();
    }

    private void value(Sample.Value sample) {
        check(type != MetricType.HISTOGRAM && type != MetricType.SUMMARY);
        series("", sample, "", 0);
        number(sample.value());
        tail(sample, type == MetricType.COUNTER ? sample.exemplar() : null);
    }

    private void histogram(Sample.Histogram sample) {
        check(type == MetricType.HISTOGRAM);
        boolean infinity = false;
        for (Sample.Bucket bucket : sample.buckets()) {
            series("_bucket", sample, "le", bucket.upperBound());
            count(bucket.cumulativeCount());
            tail(sample, bucket.exemplar());
            infinity |= bucket.upperBound() == Double.POSITIVE_INFINITY;
        }
        if (!infinity) {
            infinity(sample, sample.count());
        }
        sumAndCount(sample, sample.sum(), sample.count());
    }

    private void nativeHistogram(Sample.NativeHistogram sample) {
        check(type == MetricType.HISTOGRAM);
        infinity(sample, sample.count());
        sumAndCount(sample, sample.sum(), sample.count());
    }

    private void summary(Sample.Summary sample) {
        check(type == MetricType.SUMMARY);
        for (Sample.Quantile quantile : sample.quantiles()) {
            series("", sample, "quantile", quantile.quantile());
            number(quantile.value());
            tail(sample, null);
        }
        sumAndCount(sample, sample.sum(), sample.count());
    }

    private void infinity(Sample sample, long count) {
        series("_bucket", sample, "le", Double.POSITIVE_INFINITY);
        count(count);
        tail(sample, null);
    }

    private void sumAndCount(Sample sample, @Nullable Double sum, long count) {
        if (sum != null) {
            series("_sum", sample, "", 0);
            number(sum);
            tail(sample, null);
        }
        series("_count", sample, "", 0);
        count(count);
        tail(sample, null);
    }

    private void metadata(String keyword, String family) {
        out.put(keyword);
        name(family);
        out.put(' ');
    }

    private void series(String suffix, Sample sample, String extraName, double extraValue) {
        boolean bare = Escaping.isLegacy(name);
        if (bare) {
            out.put(name);
            out.put(suffix);
        } else {
            out.put('{');
            quoted(name + suffix);
        }
        char separator = bare ? '{' : ',';
        separator = labels(sample.labels(), separator);
        if (!extraName.isEmpty()) {
            out.put(separator);
            out.put(extraName);
            out.put("=\"");
            number(extraValue);
            out.put('"');
            separator = ',';
        }
        if (separator == ',') {
            out.put('}');
        }
        out.put(' ');
    }

    /** The separator for a next label. */
    private char labels(Labels labels, char first) {
        char separator = first;
        for (int i = 0; i < labels.size(); i++) {
            out.put(separator);
            name(labels.legacy() ? labels.name(i) : escaping.escape(labels.name(i)));
            out.put('=');
            quoted(labels.value(i));
            separator = ',';
        }
        return separator;
    }

    private void name(String text) {
        if (Escaping.isLegacy(text)) {
            out.put(text);
        } else {
            quoted(text);
        }
    }

    private void quoted(String text) {
        out.put('"');
        out.putEscaped(text, true);
        out.put('"');
    }

    private void number(double value) {
        if (openMetrics) {
            Numbers.putWithPoint(out, value);
        } else {
            Numbers.put(out, value);
        }
    }

    private void count(long value) {
        if (openMetrics) {
            Numbers.putUnsigned(out, value);
        } else {
            Numbers.put(out, Numbers.toDouble(value));
        }
    }

    private void tail(Sample sample, @Nullable Exemplar exemplar) {
        long millis = sample.times().epochMillis();
        if (millis != 0) {
            out.put(' ');
            if (openMetrics) {
                Numbers.putWithPoint(out, millis / 1000.0);
            } else {
                Numbers.put(out, millis);
            }
        }
        if (openMetrics && exemplar != null && exemplar.labels().size() > 0) {
            out.put(" # ");
            labels(exemplar.labels(), '{');
            out.put("} ");
            Numbers.putWithPoint(out, exemplar.value());
            if (exemplar.epochNanos() != 0) {
                out.put(' ');
                Numbers.putWithPoint(out, exemplar.epochNanos() / 1e9);
            }
        }
        out.put('\n');
    }

    private void check(boolean matches) {
        if (!matches) {
            throw new IllegalArgumentException("a sample of another kind in the " + type.text() + " " + name);
        }
    }
}
