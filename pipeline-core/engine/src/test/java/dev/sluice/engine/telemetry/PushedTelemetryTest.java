package dev.sluice.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.telemetry.MetricsConfig.Level;
import dev.sluice.engine.telemetry.PushExporter.Otlp;
import dev.sluice.engine.telemetry.PushExporter.Protocol;
import dev.sluice.engine.telemetry.PushExporter.Temporality;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.RecordingConsumer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is sent of metrics and of the log. */
class PushedTelemetryTest extends SelfTelling {
    @Test
    void metricsLeaveOverHttpWithPathHeadersAndCompression() throws Exception {
        try (Intake intake = new Intake()) {
            Otlp otlp = Blocks.otlp(Protocol.HTTP_PROTOBUF, intake.address(), Temporality.DELTA);
            start(Blocks.metrics(Level.NORMAL, Blocks.push(otlp, null)));
            telemetry
                    .of("receiver", OTLP, Map.of())
                    .counter("n", "", "", Map.of())
                    .add(2);
            telemetry
                    .of("receiver", OTLP, Map.of())
                    .histogram("h", "", "", Map.of(), 1)
                    .record(1);
            end();

            Intake.Request request = intake.next();
            assertThat(request.path()).isEqualTo("/v1/metrics");
            assertThat(request.headers())
                    .containsEntry("X-own", List.of("secret"))
                    .containsEntry("X-listed", List.of("1"));
            List<Metric> sent = sent(request.body().toByteArray());
            assertThat(sent)
                    .filteredOn(metric -> metric.getName().equals("otelcol_n"))
                    .singleElement()
                    .satisfies(metric -> {
                        assertThat(metric.getSum().getDataPoints(0).getAsInt()).isEqualTo(2);
                        assertThat(metric.getSum().getAggregationTemporality())
                                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
                    });
            assertThat(sent)
                    .filteredOn(metric -> metric.getName().equals("otelcol_h"))
                    .singleElement()
                    .satisfies(metric ->
                            assertThat(metric.hasExponentialHistogram()).isTrue());
        }
    }

    @Test
    void metricsForGrpcGoToOurOwnExporterAndForTheConsoleToIt() throws Exception {
        Otlp otlp = Blocks.otlp(Protocol.GRPC, "localhost:4317", Temporality.LOW_MEMORY);
        start(Blocks.metrics(Level.NORMAL, Blocks.push(otlp, null), Blocks.push(null, PushExporter.Console.DEFAULT)));
        telemetry.of("receiver", OTLP, Map.of()).counter("n", "", "", Map.of()).add(2);
        end();

        assertThat(opened).containsExactly(otlp);
        for (RecordingConsumer consumer : List.of(grpc, console)) {
            assertThat(sent(consumer.merged(Signal.METRICS)))
                    .filteredOn(metric -> metric.getName().equals("otelcol_n"))
                    .singleElement()
                    .satisfies(metric -> assertThat(
                                    metric.getSum().getDataPoints(0).getAsInt())
                            .isEqualTo(2));
        }
    }

    @Test
    void theLogIsSentWhereAProcessorSaysSo() throws Exception {
        try (Intake intake = new Intake()) {
            Otlp http = Blocks.otlp(Protocol.HTTP_PROTOBUF, intake.address(), Temporality.CUMULATIVE);
            Otlp own = Blocks.otlp(Protocol.GRPC, "", Temporality.CUMULATIVE);
            List<ProcessorConfig> processors = List.of(Blocks.batch(Blocks.to(http)), Blocks.simple(Blocks.to(own)));
            start(new TelemetryConfig(
                    Configs.with(LogsConfig.DEFAULT, "processors", processors),
                    Blocks.metrics(Level.NONE),
                    TracesConfig.DEFAULT,
                    ResourceConfig.DEFAULT));

            telemetry
                    .openTelemetry()
                    .getLogsBridge()
                    .get("dev.sluice")
                    .logRecordBuilder()
                    .setBody("started")
                    .emit();
            end();

            assertThat(telemetry.exportsLogs()).isTrue();
            Intake.Request request = intake.next();
            assertThat(request.path()).isEqualTo("/v1/logs");
            for (byte[] body : List.of(request.body().toByteArray(), grpc.merged(Signal.LOGS))) {
                assertThat(ExportLogsServiceRequest.parseFrom(body)
                                .getResourceLogs(0)
                                .getScopeLogs(0)
                                .getLogRecords(0)
                                .getBody()
                                .getStringValue())
                        .isEqualTo("started");
            }
        }
    }

    private void start(MetricsConfig metrics) throws Exception {
        start(new TelemetryConfig(LogsConfig.DEFAULT, metrics, TracesConfig.DEFAULT, ResourceConfig.DEFAULT));
    }

    private static List<Metric> sent(byte[] request) throws Exception {
        List<Metric> metrics = new ArrayList<>();
        ExportMetricsServiceRequest.parseFrom(request)
                .getResourceMetricsList()
                .forEach(resource ->
                        resource.getScopeMetricsList().forEach(scope -> metrics.addAll(scope.getMetricsList())));
        return metrics;
    }
}
