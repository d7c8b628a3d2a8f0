package dev.sluice.slo.lint;

import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.json.OtlpJson;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.slo.file.RuleFile;
import dev.sluice.slo.file.RuleFileReader;
import dev.sluice.slo.series.CountConfig;
import dev.sluice.slo.series.CountSignal;
import dev.sluice.slo.series.MetricAliasConfig;
import dev.sluice.slo.series.SeriesConfig;
import dev.sluice.testkit.Configs;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The traps of design/slo.md §2.4: the verbatim rule, and what an SDK sends. */
class RuleLintsTest {
    private static final String VERBATIM =
            "histogram_quantile(0.95, sum(rate(http_request_duration_seconds_bucket{job=\"api-gateway\"}[5m])) by (le, path)) > 1.8";
    private static final List<Double> SEMCONV =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);
    private static final List<Double> WITH_THRESHOLD = List.of(0.1, 0.5, 1.0, 1.8, 2.5, 5.0);
    private static final List<Double> SDK_DEFAULT = List.of(
            0.0, 5.0, 10.0, 25.0, 50.0, 75.0, 100.0, 250.0, 500.0, 750.0, 1000.0, 2500.0, 5000.0, 7500.0, 10_000.0);

    @TempDir
    private Path folder;

    @Test
    void aRuleThatFitsIsLeftInPeace() throws IOException {
        assertThat(lint(VERBATIM, new Sent())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http.request.duration | ms | the nearest is http_request_duration_milliseconds_bucket: it is recorded in milliseconds, so record seconds",
                "http.request.duration | '' | the nearest is http_request_duration_bucket: it has no unit, so give it the unit s",
                "http.server.request.duration | s | the nearest is http_server_request_duration_seconds_bucket: an entry of metric_aliases gives it the other name too",
                "queue.wait | s | no series has the name http_request_duration_seconds_bucket, nor one like it",
            })
    void aMetricOfAnotherNameOrUnitIsL1(String name, String unit, String text) throws IOException {
        Sent sent = new Sent();
        sent.name = name;
        sent.unit = unit;
        assertThat(lint(VERBATIM, sent)).singleElement().satisfies(finding -> {
            assertThat(finding.lint()).isEqualTo("L1");
            assertThat(finding.message()).contains(text);
            assertThat(finding.mark()).hasToString("rules.yml:5:45");
        });
    }

    @Test
    void aNamespaceThatMakesAnotherJobIsL1() throws IOException {
        Sent sent = new Sent();
        sent.namespace = "shop";
        assertThat(lint(VERBATIM, sent))
                .singleElement()
                .hasToString(
                        "rules.yml:5:45: L1: HighLatencyAPI: matches nothing: job=\"api-gateway\" is wanted, and the nearest"
                                + " series has job=\"shop/api-gateway\"");
    }

    @Test
    void aThresholdInsideABucketIsL2() throws IOException {
        Sent sent = new Sent();
        sent.bounds = SEMCONV;
        assertThat(lint(VERBATIM, sent)).singleElement().satisfies(finding -> {
            assertThat(finding.lint()).isEqualTo("L2");
            assertThat(finding.message()).startsWith("1.8 lies inside the bucket from 1 to 2.5");
            assertThat(finding.mark()).hasToString("rules.yml:5:" + (11 + VERBATIM.indexOf("1.8")));
        });
        assertThat(lint(VERBATIM.replace("> 1.8", "> 2.5"), sent)).isEmpty();
        assertThat(lint("20 < " + VERBATIM.replace("> 1.8", ""), sent))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).startsWith("20 lies inside the bucket above 10"));
    }

    @Test
    void secondsInTheBucketsOfMillisecondsAreL3() throws IOException {
        Sent sent = new Sent();
        sent.bounds = SDK_DEFAULT;
        assertThat(lint(VERBATIM.replace("1.8", "5"), sent))
                .extracting(Finding::lint)
                .containsExactly("L3");
    }

    @Test
    void aRangeWithoutTwoExportsIsL4() throws IOException {
        Sent sent = new Sent();
        sent.interval = 60;
        assertThat(lint(VERBATIM.replace("[5m]", "[1m]"), sent)).singleElement().satisfies(finding -> {
            assertThat(finding.lint()).isEqualTo("L4");
            assertThat(finding.message()).startsWith("looks back 1m, and samples come every 1m");
        });
        assertThat(lint(VERBATIM.replace("[5m]", "[2m]"), sent)).isEmpty();
        assertThat(lint("max_over_time(http_request_duration_seconds_count[30s]) > 1", sent))
                .isEmpty();
    }

    @Test
    void aLabelThatNoSeriesHasIsL5() throws IOException {
        Sent sent = new Sent();
        sent.label = "http.route";
        assertThat(lint(VERBATIM, sent))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .isEqualTo("no series has the label path of by; they have http_route, job, le"));
        assertThat(lint(
                        "sum by (path) (label_replace(up_seconds_count, \"path\", \"$1\", \"http_route\", \"(.*)\"))",
                        sent))
                .extracting(Finding::lint)
                .containsExactly("L1");
    }

    @Test
    void deltasAreANotice() throws IOException {
        Sent sent = new Sent();
        sent.temporality = AGGREGATION_TEMPORALITY_DELTA;
        assertThat(lint(VERBATIM, sent)).singleElement().satisfies(finding -> {
            assertThat(finding.lint()).isEqualTo("L6");
            assertThat(finding.notice()).isTrue();
            assertThat(finding.toString())
                    .contains("L6 (notice): HighLatencyAPI: http_request_duration_seconds_bucket");
        });
    }

    @Test
    void aMetricWithoutAnyNameForPrometheusIsPassedOver() throws IOException {
        Sent sent = new Sent();
        sent.temporality = AGGREGATION_TEMPORALITY_DELTA;
        sent.name = "???";
        sent.unit = "";
        assertThat(lint(VERBATIM, sent))
                .singleElement()
                .satisfies(finding -> assertThat(finding.lint()).isEqualTo("L1"));
    }

    @Test
    void anAliasMakesANameThatFits() throws IOException {
        Sent sent = new Sent();
        sent.name = "http.server.request.duration";
        sent.label = "http.route";
        SeriesConfig config = Configs.with(
                SeriesConfig.DEFAULT,
                "metric_aliases",
                List.of(new MetricAliasConfig(
                        "http.server.request.duration", "http.request.duration", Map.of("http.route", "path"))));
        assertThat(RuleLints.of(rules(VERBATIM), RuleLints.recorded(rules(VERBATIM)), json(sent, config)))
                .isEmpty();
    }

    @Test
    void whatRulesRecordAndWhatIsToBeAbsentNeedsNoTelemetry() throws IOException {
        assertThat(lint("HighLatencyAPI:recorded > 1 or absent(gone) or ALERTS{alertname=\"x\"}", new Sent()))
                .hasSize(1);
        RuleFile file = rules("sum by (path) (gone:rate5m) > 1 or absent(gone) or ALERTS{alertname=\"x\"}");
        assertThat(RuleLints.of(file, Set.of("gone:rate5m", "ALERTS"), json(new Sent(), SeriesConfig.DEFAULT)))
                .isEmpty();
    }

    @Test
    void whatIsCountedOfSpansIsMadeOfThoseOfTheCapture() throws IOException {
        SeriesConfig config = Configs.with(
                SeriesConfig.DEFAULT,
                "counts",
                List.of(
                        new CountConfig(CountSignal.TRACES, "spans_total", List.of(), List.of("http.route"), null),
                        new CountConfig(CountSignal.LOGS, "lines_total", List.of(), List.of(), null)));
        Path file = folder.resolve("spans.json");
        String span = "{\"name\":\"a\",\"endTimeUnixNano\":\"%d000000000\",\"attributes\":[{\"key\":\"http.route\","
                + "\"value\":{\"stringValue\":\"/a\"}}]}";
        String line = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + span + "]}]}]}\n";
        Files.writeString(file, line.formatted(1000) + line.formatted(1060));
        Capture capture = Capture.read(file, config);
        assertThat(capture.unseen()).containsExactly("lines_total");
        RuleFile rules = rules("sum by (path) (rate(spans_total[1m])) > 1 or lines_total > 1");
        assertThat(RuleLints.of(rules, capture.unseen(), capture))
                .extracting(Finding::lint)
                .containsExactly("L5", "L4");
    }

    @Test
    void requestsInProtobufAreReadToo() throws IOException {
        Path file = folder.resolve("capture.pb");
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            for (ExportMetricsServiceRequest request : new Sent().requests()) {
                out.writeInt(request.getSerializedSize());
                request.writeTo(out);
            }
        }
        Capture capture = Capture.read(file, SeriesConfig.DEFAULT);
        assertThat(RuleLints.of(rules(VERBATIM), RuleLints.recorded(rules(VERBATIM)), capture))
                .isEmpty();
        assertThat(capture.all()).hasSize(WITH_THRESHOLD.size() + 3);
    }

    @Test
    void whatIsNoCaptureIsSaid() throws IOException {
        Path file = folder.resolve("x");
        Files.write(file, new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0});
        assertThatThrownBy(() -> Capture.read(file, SeriesConfig.DEFAULT))
                .hasMessage(
                        "is neither json nor proto of exporter file, uncompressed: a request of 682962941 bytes where 2"
                                + " are left");
        Files.write(file, new byte[] {(byte) 0xff, 0, 0, 0, 1});
        assertThatThrownBy(() -> Capture.read(file, SeriesConfig.DEFAULT))
                .hasMessageContaining("a request of 4278190080 bytes where 1 are left");
        Files.writeString(file, "{\"resourceMetrics\": 5}\n");
        assertThatThrownBy(() -> Capture.read(file, SeriesConfig.DEFAULT))
                .hasMessageStartingWith("is neither json nor proto of exporter file, uncompressed: 1:");
        Files.write(file, new byte[] {'{', '"', (byte) 0xff, '\n'});
        assertThatThrownBy(() -> Capture.read(file, SeriesConfig.DEFAULT)).hasMessageContaining("is not text");
        Files.writeString(file, "");
        assertThatThrownBy(() -> Capture.read(file, SeriesConfig.DEFAULT)).hasMessage("is empty");
    }

    private List<Finding> lint(String expr, Sent sent) throws IOException {
        RuleFile file = rules(expr);
        return RuleLints.of(file, RuleLints.recorded(file), json(sent, SeriesConfig.DEFAULT));
    }

    private static RuleFile rules(String expr) {
        String text = "groups:\n- name: g\n  rules:\n  - alert: HighLatencyAPI\n    expr: " + expr + "\n";
        RuleFileReader.Result result = RuleFileReader.read("rules.yml", text, 60_000, QueryOptions.DEFAULT);
        assertThat(result.problems()).isEmpty();
        return result.file();
    }

    private Capture json(Sent sent, SeriesConfig config) throws IOException {
        Path file = folder.resolve("capture.json");
        List<String> lines = new ArrayList<>(List.of("{\"resourceSpans\":[]}"));
        for (ExportMetricsServiceRequest request : sent.requests()) {
            lines.add(new String(
                    OtlpJson.encode(Signal.METRICS, Bytes.of(request.toByteArray())), StandardCharsets.UTF_8));
        }
        Files.write(file, lines);
        return Capture.read(file, config);
    }

    /** A histogram as an SDK sends it; by default one that the verbatim rule fits. */
    private static final class Sent {
        private String name = "http.request.duration";
        private String unit = "s";
        private String namespace = "";
        private String label = "path";
        private List<Double> bounds = WITH_THRESHOLD;
        private long interval = 15;
        private AggregationTemporality temporality = AGGREGATION_TEMPORALITY_CUMULATIVE;

        private List<ExportMetricsServiceRequest> requests() {
            List<ExportMetricsServiceRequest> requests = new ArrayList<>();
            long start = 1_700_000_000;
            for (int i = 1; i <= 5; i++) {
                Metric.Builder metric = Metric.newBuilder().setName(name).setUnit(unit);
                HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder()
                        .setStartTimeUnixNano(start * 1_000_000_000)
                        .setTimeUnixNano((start + i * interval) * 1_000_000_000)
                        .setCount(bounds.size() + 1)
                        .setSum(1)
                        .addAllExplicitBounds(bounds)
                        .addAttributes(text(label, "/checkout"));
                for (int bucket = 0; bucket <= bounds.size(); bucket++) {
                    point.addBucketCounts(1);
                }
                if (temporality == AGGREGATION_TEMPORALITY_DELTA) {
                    point.setStartTimeUnixNano((start + (i - 1) * interval) * 1_000_000_000);
                }
                metric.getHistogramBuilder()
                        .setAggregationTemporality(temporality)
                        .addDataPoints(point);
                ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
                var resource = request.addResourceMetricsBuilder();
                Consumer<KeyValue> add = resource.getResourceBuilder()::addAttributes;
                add.accept(text("service.name", "api-gateway"));
                if (!namespace.isEmpty()) {
                    add.accept(text("service.namespace", namespace));
                }
                resource.addScopeMetricsBuilder().addMetrics(metric);
                requests.add(request.build());
            }
            return requests;
        }

        private static KeyValue text(String key, String value) {
            KeyValue.Builder made = KeyValue.newBuilder().setKey(key);
            made.getValueBuilder().setStringValue(value);
            return made.build();
        }
    }
}
