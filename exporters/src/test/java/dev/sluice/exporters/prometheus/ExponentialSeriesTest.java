package dev.sluice.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Telemetry;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class ExponentialSeriesTest {
    @Test
    void deltasOfDifferentScalesAndThresholdsAddUpInTheCoarserOne() throws IOException {
        try (Running exporter = Running.with()) {
            exporter.send(delta(
                    10,
                    "count: 6 sum: 6 scale: 3 zero_count: 1 positive { offset: 1 bucket_counts: [1, 2] }"
                            + " negative { offset: 0 bucket_counts: [2] }"));
            exporter.send(delta(
                    20,
                    "count: 5 sum: 5 scale: 2 zero_count: 1 zero_threshold: 0.5"
                            + " positive { offset: -1 bucket_counts: [1, 2, 1] }"));

            Metrics.Histogram sum = histogram(exporter);

            assertThat(sum.getSchema()).isEqualTo(2);
            assertThat(sum.getZeroThreshold()).isEqualTo(0.5);
            assertThat(sum.getZeroCount()).isEqualTo(2);
            assertThat(sum.getSampleCount()).isEqualTo(11);
            assertThat(sum.getSampleSum()).isEqualTo(11);
            // Of the first point index 1 and 2 of scale 3 are 0 and 1 of scale 2; Prometheus counts from one more.
            assertThat(sum.getPositiveSpan(0).getOffset()).isZero();
            assertThat(sum.getPositiveDeltaList()).containsExactly(1L, 2L, 0L);
            assertThat(sum.getNegativeSpan(0).getOffset()).isEqualTo(1);
        }
    }

    @Test
    void bucketsFarApartAreCoarsenedRatherThanFillTheHeap() throws IOException {
        try (Running exporter = Running.with()) {
            exporter.send(delta(10, "count: 1 scale: 8 positive { offset: -200000 bucket_counts: [1] }"));
            exporter.send(delta(20, "count: 1 scale: 8 positive { offset: 200000 bucket_counts: [1] }"));

            assertThat(histogram(exporter).getSchema()).isZero();
            assertThat(histogram(exporter).getPositiveDeltaCount()).isBetween(1_000, 2_048);
        }
    }

    @Test
    void whatNoSchemaCanHoldIsDropped() {
        try (Running exporter = Running.with()) {
            exporter.send(delta(10, "count: 1 scale: -5 positive { bucket_counts: [1] }"));
            exporter.send(delta(10, "count: 1 scale: 0 positive { bucket_counts: [" + "0,".repeat(70_000) + "1] }"));
            exporter.send(delta(10, "count: 1 scale: -4 positive { bucket_counts: [" + "0,".repeat(3_000) + "1] }"));

            assertThat(SeriesTest.samples(exporter)).isEmpty();
            assertThat(exporter.context().meters().value("exporter_prometheus_dropped_points"))
                    .isEqualTo(3);
        }
    }

    private static Telemetry delta(int time, String point) {
        return Requests.metrics("metrics { name: \"e\" exponential_histogram {"
                + " aggregation_temporality: AGGREGATION_TEMPORALITY_DELTA data_points { start_time_unix_nano: "
                + (time - 10) + " time_unix_nano: " + time + " " + point + " } } }");
    }

    private static Metrics.Histogram histogram(Running exporter) throws IOException {
        byte[] body = exporter.get(
                        "/metrics?name[]=e".replace("[]", "%5B%5D"),
                        HttpResponse.BodyHandlers.ofByteArray(),
                        "Accept",
                        Running.PROTOBUF)
                .body();
        return Metrics.MetricFamily.parseDelimitedFrom(new ByteArrayInputStream(body))
                .getMetric(0)
                .getHistogram();
    }
}
