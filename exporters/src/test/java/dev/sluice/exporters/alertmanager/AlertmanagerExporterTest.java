package dev.sluice.exporters.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Telemetry;
import dev.sluice.exporters.Alerts;
import dev.sluice.exporters.ServedExporter;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.slo.alert.AlertmanagerConfig.StaticConfig;
import dev.sluice.testkit.Configs;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertmanagerExporterTest {
    @Test
    void alertsOfLogRecordsReachEveryAlertmanager() {
        try (ServedExporter exporter = exporter(2)) {
            assertThat(exporter.send(Alerts.logs(Alerts.firing("/a"), Alerts.repeated("/b"), Alerts.resolved("/c"))))
                    .isEqualTo(Outcome.ACCEPTED);
            for (int i = 0; i < 2; i++) {
                ServedExporter.Got got = exporter.server(i).taken().getFirst();
                assertThat(got.path()).isEqualTo("/api/v2/alerts");
                assertThat(alerts(got))
                        .extracting(alert -> alert.getJsonObject("labels").getString("path"))
                        .containsExactly("/a", "/b", "/c");
            }
        }
    }

    @Test
    void oneAlertmanagerThatTakesThemIsEnough() {
        try (ServedExporter exporter = exporter(2)) {
            exporter.server(0).answering(503);
            assertThat(exporter.send(Alerts.logs(Alerts.firing("/a")))).isEqualTo(Outcome.ACCEPTED);
            assertThat(exporter.server(1).taken()).hasSize(1);
            assertThat(exporter.context().meters().value("slo_alerts_refused")).isEqualTo(1);
            assertThat(exporter.context().meters().value("slo_alerts_sent")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"400,503,UNAVAILABLE", "503,400,UNAVAILABLE", "400,400,INVALID", "429,500,OVERLOADED"})
    void whereNoneTakesThemAnotherAttemptIsMadeIfOneMayTakeThemThen(int first, int second, Reason reason) {
        try (ServedExporter exporter = exporter(2)) {
            exporter.server(0).answering(first);
            exporter.server(1).answering(second);
            assertThat(exporter.send(Alerts.logs(Alerts.firing("/a"))))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(reason));
        }
    }

    @Test
    void labelsOfTheConfigurationAndItsUrlAreAdded() {
        try (ServedExporter exporter =
                exporter(1, "external_labels", Map.of("cluster", "eu"), "generator_url", "http://sluice/slo")) {
            exporter.send(Alerts.logs(Alerts.firing("/a")));
            JsonObject alert = alerts(exporter.server(0).taken().getFirst()).getFirst();
            assertThat(alert.getJsonObject("labels").getString("cluster")).isEqualTo("eu");
            assertThat(alert.getString("generatorURL")).isEqualTo("http://sluice/slo");
        }
    }

    @Test
    void otherRecordsBecomeAlertsByTheCollectorsMapping() {
        try (ServedExporter exporter =
                exporter(1, "event_labels", List.of("service"), "severity_attribute", "level", "severity", "info")) {
            assertThat(exporter.send(event())).isEqualTo(Outcome.ACCEPTED);
            assertThat(alerts(exporter.server(0).taken().getFirst()).getFirst()).isEqualTo(new JsonObject("""
                    {"labels": {"event_name": "disk.full", "service": "db", "severity": "critical"},
                     "annotations": {"level": "critical", "service": "db", "free": "0", "body": "no space left",
                       "TraceID": "01010101010101010101010101010101", "SpanID": "0202020202020202"},
                     "startsAt": "2023-11-14T22:13:20Z"}
                    """));
        }
    }

    @Test
    void aSeverityIsRequired() {
        assertThat(Configs.problems(Configs.with(AlertmanagerExporterConfig.DEFAULT, "severity", "")))
                .containsExactly("severity: severity must be non-empty");
        assertThat(AlertmanagerExporterConfig.DEFAULT.destination().urls())
                .containsExactly("http://localhost:9093/api/v2/alerts");
    }

    private static ServedExporter exporter(int alertmanagers, Object... options) {
        return new ServedExporter("alertmanager", alertmanagers, (addresses, context) -> {
            AlertmanagerExporterConfig config = Configs.with(
                    AlertmanagerExporterConfig.DEFAULT,
                    "static_configs",
                    List.of(Configs.with(StaticConfig.DEFAULT, "targets", addresses)));
            return new AlertmanagerExporterFactory().create(Configs.with(config, options), context);
        });
    }

    private static List<JsonObject> alerts(ServedExporter.Got got) {
        return new JsonArray(got.body()).stream().map(JsonObject.class::cast).toList();
    }

    private static Telemetry event() {
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        request.addResourceLogsBuilder()
                .addScopeLogsBuilder()
                .addLogRecordsBuilder()
                .setEventName("disk.full")
                .setObservedTimeUnixNano(1_700_000_000_000_000_000L)
                .setBody(AnyValue.newBuilder().setStringValue("no space left"))
                .setTraceId(ByteString.copyFrom(new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}))
                .setSpanId(ByteString.copyFrom(new byte[] {2, 2, 2, 2, 2, 2, 2, 2}))
                .addAttributes(attribute("level", AnyValue.newBuilder().setStringValue("critical")))
                .addAttributes(attribute("service", AnyValue.newBuilder().setStringValue("db")))
                .addAttributes(attribute("free", AnyValue.newBuilder().setIntValue(0)));
        return Telemetry.of(Signal.LOGS, Bytes.of(request.build().toByteArray()), Origin.INTERNAL);
    }

    private static KeyValue attribute(String key, AnyValue.Builder value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }
}
