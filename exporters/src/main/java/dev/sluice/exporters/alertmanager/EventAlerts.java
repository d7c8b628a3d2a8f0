package dev.sluice.exporters.alertmanager;

import dev.sluice.otlp.view.AttributesView;
import dev.sluice.otlp.view.LogRecordView;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.LabelsBuilder;
import dev.sluice.slo.alert.AlertNotice;
import dev.sluice.slo.alert.AlertPhase;

/**
 * Alerts of log records that no rule has made, by the mapping of the Collector's exporter (contrib, {@code alertmanagerexporter}): labels are the
 * severity, the event's name and chosen attributes; annotations all attributes and the ids of the span. They fire until Alertmanager has
 * heard no more of them for its {@code resolve_timeout}.
 */
final class EventAlerts {
    private static final long NANOS = 1_000_000;

    private final AlertmanagerExporterConfig config;

    EventAlerts(AlertmanagerExporterConfig config) {
        this.config = config;
    }

    AlertNotice of(LogRecordView record) {
        LabelsBuilder labels = new LabelsBuilder(Labels.EMPTY);
        LabelsBuilder annotations = new LabelsBuilder(Labels.EMPTY);
        String severity = config.severity();
        AttributesView attributes = record.attributes();
        while (attributes.next()) {
            String key = attributes.key();
            String text = attributes.value().text();
            annotations.set(key, text);
            if (config.eventLabels().contains(key)) {
                labels.set(key, text);
            }
            if (key.equals(config.severityAttribute())) {
                severity = text;
            }
        }
        labels.set("severity", severity).set("event_name", record.eventName());
        annotations
                .set("body", record.body().text())
                .set("TraceID", record.traceId())
                .set("SpanID", record.spanId());
        long time = (record.time() == 0 ? record.observedTime() : record.time()) / NANOS;
        return new AlertNotice(
                labels.labels(),
                annotations.labels(),
                AlertPhase.FIRING,
                Double.NaN,
                "",
                "",
                new AlertNotice.Times(time, time, 0, time, 0, time),
                new AlertNotice.Exemplar(record.traceId(), record.spanId()),
                false);
    }
}
