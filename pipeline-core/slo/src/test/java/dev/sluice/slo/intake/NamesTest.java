package dev.sluice.slo.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Origin;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.prometheus.Drops;
import dev.sluice.slo.series.MetricAliasConfig;
import dev.sluice.slo.series.Reading;
import dev.sluice.slo.series.SampleBatch;
import dev.sluice.slo.series.SeriesConfig;
import dev.sluice.testkit.Configs;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which histograms the rule that has to run verbatim finds under the names that Prometheus gives them. */
class NamesTest {
    private static final int BUCKETS = 3;

    @ParameterizedTest
    @CsvSource({
        "http.request.duration,         s,  '',   true",
        "http_request_duration_seconds, s,  '',   true",
        "http_request_duration_seconds, '', '',   true",
        "http.request.duration,         ms, '',   false",
        "http.request.duration,         '', '',   false",
        "http.server.request.duration,  s,  '',   false",
        "http.request.duration,         s,  shop, false",
    })
    void ruleFindsTheMetricOnlyByItsNameUnitAndJob(String name, String unit, String namespace, boolean found) {
        assertThat(samples(SeriesConfig.DEFAULT, request(name, unit, namespace)))
                .isEqualTo(found ? BUCKETS : 0);
    }

    @Test
    void aliasLetsTheRuleFindTheMetricOfTheSemanticConventions() {
        SeriesConfig config = Configs.with(
                SeriesConfig.DEFAULT,
                "metric_aliases",
                List.of(new MetricAliasConfig(
                        "http.server.request.duration", "http.request.duration", Map.of("http.route", "path"))));
        assertThat(samples(config, request("http.server.request.duration", "s", "")))
                .isEqualTo(BUCKETS);
        assertThat(samples(config, request("http.request.duration", "s", ""))).isEqualTo(BUCKETS);
        assertThat(samples(config, request("http.client.request.duration", "s", "")))
                .isZero();
    }

    private static int samples(SeriesConfig config, Telemetry telemetry) {
        SampleIntake intake = new SampleIntake(
                config, Reading.of(Reading.HIGH_LATENCY), new Drops(reason -> count -> {}, (metric, reason) -> {}));
        SampleBatch batch = intake.take(telemetry, 0);
        return batch == null ? 0 : batch.size();
    }

    private static Telemetry request(String name, String unit, String namespace) {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        var resource = request.addResourceMetricsBuilder();
        resource.getResourceBuilder().addAttributes(attribute("service.name", "api-gateway"));
        if (!namespace.isEmpty()) {
            resource.getResourceBuilder().addAttributes(attribute("service.namespace", namespace));
        }
        resource.addScopeMetricsBuilder()
                .addMetricsBuilder()
                .setName(name)
                .setUnit(unit)
                .getHistogramBuilder()
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                .addDataPoints(HistogramDataPoint.newBuilder()
                        .addAttributes(attribute("http.route", "/checkout"))
                        .setTimeUnixNano(1_000_000_000)
                        .setCount(3)
                        .setSum(4)
                        .addExplicitBounds(1)
                        .addExplicitBounds(2.5)
                        .addBucketCounts(1)
                        .addBucketCounts(1)
                        .addBucketCounts(1));
        return Telemetry.of(Signal.METRICS, Bytes.of(request.build().toByteArray()), Origin.INTERNAL);
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
