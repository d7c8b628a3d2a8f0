package dev.sluice.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.telemetry.MetricsConfig.Prometheus;
import dev.sluice.engine.telemetry.MetricsConfig.Translation;
import dev.sluice.prometheus.MetricFamily;
import dev.sluice.prometheus.NativeBuckets;
import dev.sluice.prometheus.Sample;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrometheusFamiliesTest {
    private final PullReader reader = new PullReader();
    private final SdkMeterProvider provider = SdkMeterProvider.builder()
            .registerMetricReader(reader)
            .registerView(
                    InstrumentSelector.builder().setName("growing").build(),
                    View.builder()
                            .setAggregation(Aggregation.base2ExponentialBucketHistogram())
                            .build())
            .build();

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void bucketsFinerThanPrometheusHasAreMergedAndStillHoldTheirValues() {
        var histogram = provider.get("a").histogramBuilder("growing").build();
        double[] values = {1.0001, 1.0002, 1.5, 0};
        for (double value : values) {
            histogram.record(value);
        }

        Sample.NativeHistogram sample = (Sample.NativeHistogram)
                family(families(null), "growing").samples().getFirst();

        assertThat(sample.schema()).isLessThanOrEqualTo(8);
        assertThat(sample.zeroCount()).isEqualTo(1);
        assertThat(sample.count()).isEqualTo(4);
        double base = Math.pow(2, Math.pow(2, -sample.schema()));
        NativeBuckets buckets = sample.positive();
        long total = 0;
        for (int i = 0; i < buckets.size(); i++) {
            double upper = Math.pow(base, buckets.offset() + i);
            double lower = upper / base;
            long inside = Arrays.stream(values)
                    .filter(value -> value > lower && value <= upper)
                    .count();
            assertThat(buckets.count(i)).as("bucket up to %s", upper).isEqualTo(inside);
            total += buckets.count(i);
        }
        assertThat(total).isEqualTo(3);
        assertThat(sample.negative().size()).isZero();
    }

    @Test
    void theStrategyDecidesOnTheName() {
        provider.get("a").counterBuilder("my.bytes.sent").setUnit("By").build().add(1);
        assertThat(List.of(Translation.values()).stream()
                        .map(this::families)
                        .map(families -> families.getFirst().header().name()))
                .containsExactly("my_bytes_sent_total", "my_bytes_sent", "my.bytes.sent_bytes_total", "my.bytes.sent");
    }

    @Test
    void oneNameFromTwoScopesIsOneFamily() {
        provider.get("a").counterBuilder("n").build().add(1);
        provider.get("b").counterBuilder("n").build().add(2);
        MetricFamily family = family(families(null), "n");
        assertThat(families(null)).hasSize(2);
        assertThat(family.samples()).hasSize(2);
    }

    private List<MetricFamily> families(Translation translation) {
        Prometheus config = new Prometheus("localhost", 0, true, true, true, translation, null);
        return List.copyOf(new PrometheusFamilies(config, Resource.empty()).of(reader.collect()));
    }

    private static MetricFamily family(List<MetricFamily> families, String name) {
        return families.stream()
                .filter(family -> family.header().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
