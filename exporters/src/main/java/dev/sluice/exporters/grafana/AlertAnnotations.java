package dev.sluice.exporters.grafana;

import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.promql.series.Labels;
import dev.sluice.slo.alert.AlertNotice;
import dev.sluice.slo.alert.AlertPhase;
import dev.sluice.transport.client.HttpOutcome;
import dev.sluice.transport.client.HttpReply;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Alerts as annotations: one is opened when the alert begins to fire and gets its end when that is resolved.
 *
 * <p>Grafana itself remembers which are open. An annotation is found again by the alert's fingerprint, a tag, and the time of its start; so one that was
 * opened before a restart is closed after it, and another attempt after a lost answer opens no second one.
 */
final class AlertAnnotations {
    private static final String PATH = "/api/annotations";

    /** Grafana's default of {@code tags_length} in the section {@code annotations}, in bytes: longer ones it refuses with the whole annotation. */
    private static final int TAGS_LENGTH = 500;

    /** Of a tag before and behind its colon: so wide are Grafana's columns, and not all its databases cut what is longer. */
    private static final int TAG_PART = 100;

    /** Of a tag, in Grafana's count: quotes and a comma. */
    private static final int AROUND = 3;

    /** Of all: brackets, but for the comma that one tag has not. */
    private static final int FRAME = 1;

    private final GrafanaApi api;
    private final GrafanaExporterConfig.Annotations config;

    AlertAnnotations(GrafanaApi api, GrafanaExporterConfig.Annotations config) {
        this.api = api;
        this.config = config;
    }

    /**
     * One after the other, until one is refused for now: all are told again then. One that is refused for good is rejected, and holds up no other.
     *
     * @param begin what is said of the rest of the batch
     */
    Future<Outcome> tell(List<AlertNotice> notices, Accepted begin) {
        Future<Outcome> done = Future.succeededFuture(begin);
        for (AlertNotice notice : notices) {
            if (notice.phase() != AlertPhase.PENDING && !notice.repeat()) {
                done = done.compose(before -> before instanceof Accepted accepted
                        ? tell(notice).map(next -> after(accepted, next))
                        : Future.succeededFuture(before));
            }
        }
        return done;
    }

    private static Outcome after(Accepted before, Outcome next) {
        return switch (next) {
            case Accepted _ -> before;
            case Refused refused when refused.reason().retryable() -> refused;
            case Refused refused -> new Accepted(before.rejectedItems() + 1, refused.message());
        };
    }

    private Future<Outcome> tell(AlertNotice notice) {
        return api.get(search(notice)).compose(reply -> switch (reply) {
            case HttpReply.Answer answer
            when answer.success() -> {
                JsonObject known = first(answer);
                if (known == null) {
                    yield post(notice);
                }
                yield notice.phase() == AlertPhase.RESOLVED ? close(known.getLong("id"), notice) : Outcome.accepted();
            }
            case HttpReply.Answer answer ->
                Future.succeededFuture(HttpOutcome.refused("looking for an annotation in Grafana", answer));
            case HttpReply.NoAnswer none ->
                Future.succeededFuture(HttpOutcome.refused("looking for an annotation in Grafana", none));
        });
    }

    private static String search(AlertNotice notice) {
        long start = notice.times().firedAt();
        return PATH + "?type=annotation&limit=1&from=" + start + "&to=" + start + "&tags=" + fingerprint(notice);
    }

    private static @Nullable JsonObject first(HttpReply.Answer answer) {
        try {
            JsonArray found = GrafanaApi.body(answer).toJsonArray();
            return found.isEmpty() ? null : found.getJsonObject(0);
        } catch (DecodeException | ClassCastException e) {
            return null;
        }
    }

    /** Of one that was never opened, both ends at once. */
    private Future<Outcome> post(AlertNotice notice) {
        JsonObject body = new JsonObject()
                .put("time", notice.times().firedAt())
                .put("text", text(notice))
                .put("tags", tags(notice));
        if (notice.phase() == AlertPhase.RESOLVED) {
            body.put("timeEnd", notice.times().resolvedAt());
        }
        if (!config.dashboardUid().isEmpty()) {
            body.put("dashboardUID", config.dashboardUid());
        }
        if (config.panelId() > 0) {
            body.put("panelId", config.panelId());
        }
        return api.send(HttpMethod.POST, PATH, body)
                .map(reply -> HttpOutcome.of("opening an annotation in Grafana", reply));
    }

    /** One that somebody has deleted in the meantime is made anew, as one is that was deleted before. */
    private Future<Outcome> close(long id, AlertNotice notice) {
        JsonObject body = new JsonObject().put("timeEnd", notice.times().resolvedAt());
        return api.send(HttpMethod.PATCH, PATH + "/" + id, body)
                .compose(reply -> GrafanaApi.missing(reply)
                        ? post(notice)
                        : Future.succeededFuture(HttpOutcome.of("closing an annotation in Grafana", reply)));
    }

    private static String text(AlertNotice notice) {
        String summary = notice.annotations().get("summary");
        return summary.isEmpty() ? notice.name() : notice.name() + ": " + summary;
    }

    /** Beside the configured ones the labels, so that a dashboard may ask for those of a severity or of an SLO; as many as Grafana takes. */
    private JsonArray tags(AlertNotice notice) {
        List<String> tags = new ArrayList<>(config.tags());
        tags.add(fingerprint(notice));
        int room = TAGS_LENGTH - FRAME;
        for (String tag : tags) {
            room -= length(tag);
        }
        Labels labels = notice.labels();
        for (int i = 0; i < labels.size(); i++) {
            String tag = labels.name(i) + ":" + labels.value(i);
            if (labels.name(i).length() <= TAG_PART && labels.value(i).length() <= TAG_PART && length(tag) <= room) {
                tags.add(tag);
                room -= length(tag);
            }
        }
        return new JsonArray(tags);
    }

    private static int length(String tag) {
        return tag.getBytes(StandardCharsets.UTF_8).length + AROUND;
    }

    private static String fingerprint(AlertNotice notice) {
        return "fingerprint:" + notice.fingerprint();
    }
}
