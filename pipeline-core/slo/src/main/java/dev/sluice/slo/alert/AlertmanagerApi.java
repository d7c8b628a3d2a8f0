package dev.sluice.slo.alert;

import java.util.List;

/** {@code POST /api/v2/alerts} of Alertmanager. */
final class AlertmanagerApi implements AlertFormat {
    /** As many as Prometheus sends at once. */
    private static final int MAX_BATCH = 256;

    /**
     * A firing alert whose end has passed while it waited would be taken for a resolved one. Whoever evaluates the rule has told of it
     * again by then, if it still fires.
     */
    @Override
    public boolean wants(AlertNotice notice, long now) {
        return switch (notice.phase()) {
            case PENDING -> false;
            case FIRING -> notice.times().endsAt() == 0 || notice.times().endsAt() > now;
            case RESOLVED -> true;
        };
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

    @Override
    public boolean together(AlertNotice first, AlertNotice next) {
        return true;
    }

    @Override
    public boolean acts() {
        return false;
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public byte[] body(List<AlertNotice> batch) {
        return Json.of(json -> {
            json.writeStartArray();
            for (AlertNotice notice : batch) {
                json.writeStartObject();
                Json.labels("labels", notice.labels(), json);
                Json.labels("annotations", notice.annotations(), json);
                Json.time("startsAt", Json.startsAt(notice), json);
                Json.time("endsAt", notice.times().endsAt(), json);
                Json.text("generatorURL", notice.generatorUrl(), json);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
