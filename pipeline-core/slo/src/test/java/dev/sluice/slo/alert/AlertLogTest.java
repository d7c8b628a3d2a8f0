package dev.sluice.slo.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.OtlpValidator;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.text.OtlpText;
import dev.sluice.promql.series.Labels;
import dev.sluice.testkit.Requests;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AlertLogTest {
    private static final long OBSERVED = 1_700_000_999_000_000_000L;

    @Test
    void alertsComeBackFromTheirLogRecordsAsTheyWere() {
        List<AlertNotice> notices = List.of(
                Notices.pending("/a"),
                Notices.firing("/a"),
                Notices.stillFiring("/a"),
                Notices.resolved("/a"),
                Notices.firing("/b").with(Labels.of("sloth_slo", "latency")));
        assertThat(AlertLogReader.read(AlertLogWriter.write(notices, OBSERVED))).isEqualTo(notices);
    }

    @Test
    void anAlertWithoutExemplarAnnotationsAndPlacesComesBackToo() {
        AlertNotice bare = new AlertNotice(
                Labels.of("alertname", "Watchdog"),
                Labels.EMPTY,
                AlertPhase.FIRING,
                Double.POSITIVE_INFINITY,
                "",
                "",
                new AlertNotice.Times(1, 2, 0, 3, 4, 5),
                AlertNotice.Exemplar.NONE,
                false);
        assertThat(AlertLogReader.read(AlertLogWriter.write(List.of(bare), OBSERVED)))
                .containsExactly(bare);
    }

    @Test
    void theRecordTellsWhatALogStoreAsksFor() throws Exception {
        AlertNotice notice = Notices.firing("/a").with(Labels.of("sloth_id", "shop-latency", "sloth_service", "shop"));
        ExportLogsServiceRequest request = ExportLogsServiceRequest.parseFrom(
                AlertLogWriter.write(List.of(notice), OBSERVED).toByteArray());
        LogRecord record = request.getResourceLogs(0).getScopeLogs(0).getLogRecords(0);
        assertThat(record.getEventName()).isEqualTo("slo.alert");
        assertThat(record.getTimeUnixNano()).isEqualTo((Notices.START + 120_000) * 1_000_000);
        assertThat(record.getObservedTimeUnixNano()).isEqualTo(OBSERVED);
        assertThat(record.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_ERROR2);
        assertThat(record.getSeverityText()).isEqualTo("critical");
        assertThat(record.getBody().getStringValue())
                .isEqualTo("HighLatencyAPI firing: 95th percentile latency > 1.8s on /a");
        assertThat(record.getTraceId())
                .isEqualTo(ByteString.copyFrom(
                        HexFormat.of().parseHex(notice.exemplar().traceId())));
        assertThat(record.getAttributesList().stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue)))
                .containsEntry("alertname", text("HighLatencyAPI"))
                .containsEntry("state", text("firing"))
                .containsEntry(
                        "value", AnyValue.newBuilder().setDoubleValue(2.25).build())
                .containsEntry("slo.id", text("shop-latency"))
                .containsEntry("slo.service", text("shop"))
                .containsEntry("slo.fired_at", text("2023-11-14T22:15:20Z"))
                .containsEntry("slo.fingerprint", text(notice.fingerprint()))
                .doesNotContainKeys("slo.name", "slo.resolved_at", "slo.repeat");
    }

    @Test
    void theRequestIsWellFormed() {
        Bytes request = AlertLogWriter.write(List.of(Notices.firing("/a"), Notices.resolved("/b")), OBSERVED);
        assertThat(OtlpValidator.validate(Signal.LOGS, request)).isEqualTo(2);
        assertThat(OtlpText.detailed(Signal.LOGS, request)).contains("slo.alert");
    }

    @Test
    void recordsThatAreNoAlertsArePassedOver() {
        Bytes alert = AlertLogWriter.write(List.of(Notices.firing("/a")), OBSERVED);
        Bytes other = Requests.numbered(Signal.LOGS, 7).wire();
        assertThat(AlertLogReader.read(Bytes.concat(List.of(other, alert, other))))
                .containsExactly(Notices.firing("/a"));
    }

    @Test
    void recordsWithoutAStateOrLabelsAreNoAlerts() {
        assertThat(read(attribute("state", text("firing")))).isEmpty();
        assertThat(read(attribute("state", text("exploding")), labels())).isEmpty();
        assertThat(read(attribute("state", text("firing")), attribute("labels", text("no map"))))
                .isEmpty();
    }

    @Test
    void whatARecordLeavesOutIsTheRecordsOwnTime() {
        AlertNotice notice = read(
                        attribute("state", text("firing")),
                        attribute("value", AnyValue.newBuilder().setIntValue(3).build()),
                        attribute("slo.due_at", text("yesterday")),
                        labels())
                .getFirst();
        assertThat(notice.times()).isEqualTo(new AlertNotice.Times(0, 5, 0, 5, 0, 5));
        assertThat(notice.value()).isEqualTo(3);
        assertThat(notice.labels()).isEqualTo(Labels.of("alertname", "X"));
    }

    private static List<AlertNotice> read(KeyValue... attributes) {
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        request.addResourceLogsBuilder()
                .addScopeLogsBuilder()
                .addLogRecordsBuilder()
                .setEventName("slo.alert")
                .setTimeUnixNano(5_000_000)
                .addAllAttributes(List.of(attributes));
        return AlertLogReader.read(Bytes.of(request.build().toByteArray()));
    }

    private static KeyValue labels() {
        return attribute(
                "labels",
                AnyValue.newBuilder()
                        .setKvlistValue(KeyValueList.newBuilder().addValues(attribute("alertname", text("X"))))
                        .build());
    }

    private static KeyValue attribute(String key, AnyValue value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    private static AnyValue text(String value) {
        return AnyValue.newBuilder().setStringValue(value).build();
    }
}
