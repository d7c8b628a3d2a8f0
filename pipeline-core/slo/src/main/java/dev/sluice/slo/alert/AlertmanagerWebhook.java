package dev.sluice.slo.alert;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.LabelsBuilder;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * The message that Alertmanager sends to webhooks, version 4, with the alerts of a rule as its group. Source: prometheus/alertmanager,
 * {@code notify/webhook} and {@code template.Data}.
 */
final class AlertmanagerWebhook implements AlertFormat {
    private static final int MAX_BATCH = 256;

    /** Alertmanager's end of an alert that has none yet. */
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private final List<AlertPhase> phases;
    private final String receiver;
    private final String externalUrl;

    AlertmanagerWebhook(List<AlertPhase> phases, String receiver, String externalUrl) {
        this.phases = phases;
        this.receiver = receiver;
        this.externalUrl = externalUrl;
    }

    @Override
    public boolean wants(AlertNotice notice, long now) {
        return !notice.repeat() && phases.contains(notice.phase());
    }

    @Override
    public int maxBatch() {
        return MAX_BATCH;
    }

    /** One after the other: what waits meanwhile goes together. */
    @Override
    public int maxRequests() {
        return 1;
    }

    /** Alertmanager's messages have no pending alerts: a receiver would not look for one among those that fire. */
    @Override
    public boolean together(AlertNotice first, AlertNotice next) {
        return first.name().equals(next.name())
                && (first.phase() == AlertPhase.PENDING) == (next.phase() == AlertPhase.PENDING);
    }

    @Override
    public boolean acts() {
        return true;
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public byte[] body(List<AlertNotice> batch) {
        Labels group = Labels.of(AlertNotice.NAME, batch.getFirst().name());
        return Json.of(json -> {
            json.writeStartObject();
            json.writeStringField("version", "4");
            json.writeStringField("groupKey", "{}:" + group);
            json.writeNumberField("truncatedAlerts", 0);
            json.writeStringField("status", status(batch).text());
            json.writeStringField("receiver", receiver);
            Json.labels("groupLabels", group, json);
            Json.labels("commonLabels", common(batch, AlertNotice::labels), json);
            Json.labels("commonAnnotations", common(batch, AlertNotice::annotations), json);
            json.writeStringField("externalURL", externalUrl);
            json.writeArrayFieldStart("alerts");
            for (AlertNotice notice : batch) {
                json.writeStartObject();
                alert(notice, json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** The fields of an alert in the object that is open. */
    static void alert(AlertNotice notice, JsonGenerator json) throws IOException {
        json.writeStringField("status", notice.phase().text());
        Json.labels("labels", notice.labels(), json);
        Json.labels("annotations", notice.annotations(), json);
        Json.time("startsAt", Json.startsAt(notice), json);
        if (notice.phase() == AlertPhase.RESOLVED) {
            Json.time("endsAt", notice.times().endsAt(), json);
        } else {
            json.writeStringField("endsAt", NEVER);
        }
        json.writeStringField("generatorURL", notice.generatorUrl());
        json.writeStringField("fingerprint", notice.fingerprint());
    }

    /** A group fires as long as one of its alerts does. */
    private static AlertPhase status(List<AlertNotice> batch) {
        return batch.stream().anyMatch(notice -> notice.phase() == AlertPhase.FIRING)
                ? AlertPhase.FIRING
                : batch.getFirst().phase();
    }

    private static Labels common(List<AlertNotice> batch, Function<AlertNotice, Labels> labels) {
        Labels first = labels.apply(batch.getFirst());
        LabelsBuilder common = new LabelsBuilder(first);
        for (int i = 0; i < first.size(); i++) {
            String name = first.name(i);
            String value = first.value(i);
            if (batch.stream()
                    .anyMatch(notice -> !labels.apply(notice).get(name).equals(value))) {
                common.remove(name);
            }
        }
        return common.labels();
    }
}
