package dev.sluice.slo.rules;

import static dev.sluice.slo.rules.Gauges.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sluice.testkit.Configs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What rules see of each kind of metric: a rule records it, and the record is read. */
class IntakeTest {
    private static final AggregationTemporality CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
    private static final AggregationTemporality DELTA = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
    private static final String JOB = "service.instance.id=i1,service.name=cart,service.namespace=shop";

    @Test
    void sumsOfDeltasAreAddedUp() {
        Stage stage = stage("requests_total");
        for (int i = 1; i <= 3; i++) {
            Metric.Builder metric = Metric.newBuilder().setName("requests");
            metric.getSumBuilder()
                    .setIsMonotonic(true)
                    .setAggregationTemporality(DELTA)
                    .addDataPoints(NumberDataPoint.newBuilder()
                            .setStartTimeUnixNano(nanos(10L * i - 10))
                            .setTimeUnixNano(nanos(10L * i))
                            .setAsInt(5));
            send(stage, 10 * i, metric);
        }
        assertThat(stage.samples).contains("out{" + JOB + "} 15.0 @30.0");
    }

    @Test
    void pointWithoutARecordedValueEndsTheSeries() {
        Stage stage = stage("queue_length");
        for (int flags : new int[] {0, 1}) {
            Metric.Builder metric = Metric.newBuilder().setName("queue.length");
            metric.getGaugeBuilder()
                    .addDataPoints(NumberDataPoint.newBuilder()
                            .setTimeUnixNano(nanos(10L + 10L * flags))
                            .setAsDouble(2)
                            .setFlags(flags));
            send(stage, 10 + 10 * flags, metric);
        }
        assertThat(stage.samples).contains("out{" + JOB + "} 2.0 @10.0", "out{" + JOB + "} ended @20.0");
    }

    @Test
    void summaryHasQuantilesSumAndCount() {
        Stage stage = new Stage(Stage.config(
                Stage.record("out", "wait_seconds{quantile=\"0.9\"}"),
                Stage.record("mean", "wait_seconds_sum / wait_seconds_count")));
        Metric.Builder metric = Metric.newBuilder().setName("wait").setUnit("s");
        metric.getSummaryBuilder()
                .addDataPoints(SummaryDataPoint.newBuilder()
                        .setTimeUnixNano(nanos(10))
                        .setCount(4)
                        .setSum(8)
                        .addQuantileValues(SummaryDataPoint.ValueAtQuantile.newBuilder()
                                .setQuantile(0.9)
                                .setValue(3)));
        send(stage, 10, metric);
        assertThat(stage.samples).contains("out{quantile=0.9," + JOB + "} 3.0 @10.0", "mean{" + JOB + "} 2.0 @10.0");
    }

    @Test
    void exponentialHistogramIsANativeOneAndHasClassicBucketsWhereTheyAreAskedFor() {
        Stage stage = new Stage(Configs.with(
                Stage.config(
                        Stage.record("count", "histogram_count(latency_seconds)"),
                        Stage.record("fast", "latency_seconds_bucket{le=\"1\"}"),
                        Stage.record("all", "latency_seconds_bucket{le=\"+Inf\"}")),
                "classic_buckets",
                Map.of("latency", List.of(1.0, 4.0))));
        Metric.Builder metric = Metric.newBuilder().setName("latency").setUnit("s");
        ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder()
                .setTimeUnixNano(nanos(10))
                .setScale(0)
                .setCount(7)
                .setSum(9)
                .addExemplars(exemplar(0.7));
        // Up to 1, and from there to 2.
        point.getPositiveBuilder().setOffset(-1).addAllBucketCounts(List.of(3L, 4L));
        metric.getExponentialHistogramBuilder()
                .setAggregationTemporality(CUMULATIVE)
                .addDataPoints(point);
        send(stage, 10, metric);
        assertThat(stage.samples)
                .contains(
                        "count{" + JOB + "} 7.0 @10.0",
                        "fast{le=1," + JOB + "} 3.0 @10.0",
                        "all{le=+Inf," + JOB + "} 7.0 @10.0");
    }

    @Test
    void aliasGivesAMetricAnotherNameAndItsAttributesToo() {
        Stage stage = new Stage(Configs.with(
                Stage.config(Stage.record("out", "http_request_duration_seconds_count")),
                "metric_aliases",
                List.of(new dev.sluice.slo.series.MetricAliasConfig(
                        "http.server.request.duration", "http.request.duration", Map.of("http.route", "path")))));
        send(
                stage,
                10,
                histogram(
                        "http.server.request.duration",
                        DELTA,
                        HistogramDataPoint.newBuilder()
                                .addAttributes(attribute("http.route", "/cart"))
                                .setStartTimeUnixNano(nanos(0))
                                .setTimeUnixNano(nanos(10))));
        assertThat(stage.samples).contains("out{path=/cart," + JOB + "} 3.0 @10.0");
    }

    @Test
    void resourceIsTargetInfo() {
        Stage stage = new Stage(Stage.config(Stage.record("out", "target_info")));
        Metric.Builder metric = Metric.newBuilder().setName("queue.length");
        metric.getGaugeBuilder()
                .addDataPoints(
                        NumberDataPoint.newBuilder().setTimeUnixNano(nanos(10)).setAsInt(1));
        send(stage, 10, metric, Map.of("host.name", "h1"));
        assertThat(stage.samples).contains("out{host_name=h1," + JOB + "} 1.0 @10.0");
    }

    @Test
    void alertShowsTheTraceOfTheSlowestRequestInItsSeries() {
        Stage stage = new Stage(Stage.config(Stage.alert("Seen", "wait_seconds_count > 1", "0s")));
        Metric.Builder metric = histogram(
                "wait",
                CUMULATIVE,
                HistogramDataPoint.newBuilder()
                        .setTimeUnixNano(nanos(10))
                        .addExemplars(exemplar(0.5))
                        .addExemplars(exemplar(3)));
        metric.setUnit("s");
        send(stage, 10, metric);
        // Only the count is read, and an exemplar belongs to a bucket: there is none to show.
        assertThat(stage.notices)
                .singleElement()
                .satisfies(notice -> assertThat(notice.exemplar().isPresent()).isFalse());
        Stage buckets = new Stage(Stage.config(Stage.alert("Seen", "sum(wait_seconds_bucket) > 1", "0s")));
        send(buckets, 10, metric);
        assertThat(buckets.notices)
                .singleElement()
                .satisfies(notice ->
                        assertThat(notice.exemplar().traceId()).isEqualTo("00000000000000000000000000000003"));
    }

    @Test
    void pointThatPrometheusCannotSayIsDroppedAndCounted() {
        Stage stage = stage("requests_total");
        Metric.Builder metric = Metric.newBuilder().setName("requests");
        metric.getSumBuilder()
                .setIsMonotonic(true)
                .addDataPoints(
                        NumberDataPoint.newBuilder().setTimeUnixNano(nanos(10)).setAsInt(5));
        send(stage, 10, metric);
        assertThat(stage.context.meters().value("rule_engine_points_dropped", Map.of("reason", "temporality")))
                .isEqualTo(1);
        assertThat(stage.samples).isEmpty();
    }

    @Test
    void whatIsNotSentForLongIsForgottenAndKnownAgainWhenItComesBack() {
        Stage stage = stage("queue_length");
        for (int time : new int[] {10, 4000}) {
            stage.until(time);
            stage.rules
                    .observe(Gauges.of("queue.length", time, Stage.BEGIN + time * 1000L))
                    .await();
            stage.until(time + 2);
        }
        assertThat(stage.samples).contains("out{" + JOB + "} 10.0 @10.0", "out{" + JOB + "} 4000.0 @4000.0");
    }

    private static Stage stage(String expr) {
        return new Stage(Stage.config(Stage.record("out", expr)));
    }

    private static Metric.Builder histogram(
            String name, AggregationTemporality temporality, HistogramDataPoint.Builder point) {
        Metric.Builder metric = Metric.newBuilder().setName(name).setUnit("s");
        metric.getHistogramBuilder()
                .setAggregationTemporality(temporality)
                .addDataPoints(point.setCount(3)
                        .setSum(4)
                        .addAllBucketCounts(List.of(2L, 1L))
                        .addExplicitBounds(1));
        return metric;
    }

    private static Exemplar exemplar(double value) {
        byte[] trace = new byte[16];
        trace[15] = (byte) value;
        return Exemplar.newBuilder()
                .setTraceId(ByteString.copyFrom(trace))
                .setSpanId(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, 1}))
                .setTimeUnixNano(nanos(9))
                .setAsDouble(value)
                .build();
    }

    private static long nanos(long seconds) {
        return (Stage.BEGIN + seconds * 1000) * 1_000_000;
    }

    private static void send(Stage stage, int seconds, Metric.Builder metric) {
        send(stage, seconds, metric, Map.of());
    }

    private static void send(Stage stage, int seconds, Metric.Builder metric, Map<String, String> resource) {
        stage.until(seconds);
        stage.rules.observe(Gauges.request(metric, resource)).await();
        stage.until(seconds + 2);
    }
}
