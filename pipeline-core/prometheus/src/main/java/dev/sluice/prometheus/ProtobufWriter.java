package dev.sluice.prometheus;

import dev.sluice.otlp.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The delimited protobuf format: messages {@code io.prometheus.client.MetricFamily}, each behind its length. Field numbers are those of
 * metrics.proto in prometheus/client_model 0.6.
 */
final class ProtobufWriter implements ExpositionWriter {
    private static final long NANOS = 1_000_000_000;

    private final Output out = new Output();
    /** The fields of the family that is open. */
    private final Output family = new Output();

    private final ReverseProto proto = new ReverseProto();
    private final Escaping escaping;
    private MetricFamily.Header header = new MetricFamily.Header("", MetricType.UNTYPED, "", "");

    ProtobufWriter(Escaping escaping) {
        this.escaping = escaping;
    }

    @Override
    public void begin(MetricFamily.Header next) {
        header = next;
        proto.int64(3, next.type().number());
        proto.string(2, next.help());
        proto.string(1, escaping.escape(next.name()));
        proto.moveTo(family);
    }

    @Override
    public void sample(Sample sample) {
        int metric = proto.mark();
        switch (sample) {
            case Sample.Histogram histogram -> histogram(histogram);
            case Sample.NativeHistogram histogram -> nativeHistogram(histogram);
            case Sample.Value value -> value(value);
            case Sample.Summary summary -> summary(summary);
        }
        Labels labels = sample.labels();
        for (int i = labels.size() - 1; i >= 0; i--) {
            label(labels.legacy() ? labels.name(i) : escaping.escape(labels.name(i)), labels.value(i));
        }
        proto.message(4, metric);
        proto.moveTo(family);
    }

    @Override
    public void end() {
        if (!header.unit().isEmpty()) {
            proto.string(5, header.unit());
            proto.moveTo(family);
        }
        out.putVarint(family.length());
        out.put(family.take());
    }

    @Override
    public Bytes take() {
        return out.take();
    }

    @Override
    public Bytes finish() {
        return out.take();
    }

    private void value(Sample.Value sample) {
        timestamp(sample);
        int mark = proto.mark();
        switch (header.type()) {
            case COUNTER -> {
                created(3, sample);
                exemplar(2, sample.exemplar());
                proto.float64(1, sample.value());
                proto.message(3, mark);
            }
            case GAUGE -> {
                proto.float64(1, sample.value());
                proto.message(2, mark);
            }
            case UNTYPED -> {
                proto.float64(1, sample.value());
                proto.message(5, mark);
            }
            case SUMMARY, HISTOGRAM -> throw mismatch();
        }
    }

    private void summary(Sample.Summary sample) {
        check(MetricType.SUMMARY);
        timestamp(sample);
        int mark = proto.mark();
        created(4, sample);
        for (Sample.Quantile quantile : sample.quantiles().reversed()) {
            int inner = proto.mark();
            proto.float64(2, quantile.value());
            proto.float64(1, quantile.quantile());
            proto.message(3, inner);
        }
        countAndSum(sample.count(), sample.sum());
        proto.message(4, mark);
    }

    private void histogram(Sample.Histogram sample) {
        check(MetricType.HISTOGRAM);
        int mark = proto.mark();
        created(15, sample);
        for (Sample.Bucket bucket : sample.buckets().reversed()) {
            int inner = proto.mark();
            exemplar(3, bucket.exemplar());
            proto.float64(2, bucket.upperBound());
            proto.int64(1, bucket.cumulativeCount());
            proto.message(3, inner);
        }
        countAndSum(sample.count(), sample.sum());
        proto.message(7, mark);
        timestamp(sample);
    }

    private void nativeHistogram(Sample.NativeHistogram sample) {
        check(MetricType.HISTOGRAM);
        int mark = proto.mark();
        for (Exemplar exemplar : sample.exemplars().reversed()) {
            exemplar(16, exemplar);
        }
        created(15, sample);
        boolean looksClassic = sample.zeroThreshold() == 0
                && sample.zeroCount() == 0
                && sample.positive().size() == 0
                && sample.negative().size() == 0;
        buckets(13, 12, sample.positive(), looksClassic);
        buckets(10, 9, sample.negative(), false);
        proto.int64(7, sample.zeroCount());
        proto.float64(6, sample.zeroThreshold());
        proto.signed(5, sample.schema());
        countAndSum(sample.count(), sample.sum());
        proto.message(7, mark);
        timestamp(sample);
    }

    /** One span over the whole run; counts are differences to the bucket before. */
    private void buckets(int deltaField, int spanField, NativeBuckets buckets, boolean always) {
        if (buckets.size() == 0 && !always) {
            return;
        }
        // Not packed: proto2 declares these lists so.
        for (int i = buckets.size() - 1; i >= 0; i--) {
            proto.signed(deltaField, buckets.count(i) - (i == 0 ? 0 : buckets.count(i - 1)));
        }
        int span = proto.mark();
        proto.int64(2, buckets.size());
        proto.signed(1, buckets.offset());
        proto.message(spanField, span);
    }

    private void countAndSum(long count, @Nullable Double sum) {
        if (sum != null) {
            proto.float64(2, sum);
        }
        proto.int64(1, count);
    }

    private void exemplar(int field, @Nullable Exemplar exemplar) {
        if (exemplar == null) {
            return;
        }
        int mark = proto.mark();
        time(3, exemplar.epochNanos());
        proto.float64(2, exemplar.value());
        for (int i = exemplar.labels().size() - 1; i >= 0; i--) {
            label(exemplar.labels().name(i), exemplar.labels().value(i));
        }
        proto.message(field, mark);
    }

    private void label(String name, String value) {
        int mark = proto.mark();
        proto.string(2, value);
        proto.string(1, name);
        proto.message(1, mark);
    }

    private void created(int field, Sample sample) {
        time(field, sample.times().createdEpochNanos());
    }

    /** A {@code google.protobuf.Timestamp}, left out if unknown. */
    private void time(int field, long epochNanos) {
        if (epochNanos != 0) {
            int mark = proto.mark();
            proto.int64(2, Math.floorMod(epochNanos, NANOS));
            proto.int64(1, Math.floorDiv(epochNanos, NANOS));
            proto.message(field, mark);
        }
    }

    private void timestamp(Sample sample) {
        if (sample.times().epochMillis() != 0) {
            proto.int64(6, sample.times().epochMillis());
        }
    }

    private void check(MetricType type) {
        if (header.type() != type) {
            throw mismatch();
        }
    }

    private IllegalArgumentException mismatch() {
        return new IllegalArgumentException(
                "a sample of another kind in the " + header.type().text() + " " + header.name());
    }
}
