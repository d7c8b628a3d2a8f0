package dev.sluice.slo.alert;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.gotext.GoFloat;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An event for each change, as CloudEvents 1.0 in structured JSON. An event that is sent twice has the same id both times. The span of an exemplar is the
 * extension {@code traceparent}. Source: cloudevents/spec, {@code spec.md}, {@code json-format.md}, {@code extensions/distributed-tracing.md}.
 */
final class CloudEvents implements AlertFormat {
    private static final String TYPE = "dev.sluice.slo.alert.";

    /** Where each event is a request of its own, a thousand of them must not wait for a thousand answers in turn. */
    private static final int MAX_REQUESTS = 8;

    private final List<AlertPhase> phases;

    CloudEvents(List<AlertPhase> phases) {
        this.phases = phases;
    }

    @Override
    public boolean wants(AlertNotice notice, long now) {
        return !notice.repeat() && phases.contains(notice.phase());
    }

    @Override
    public int maxBatch() {
        return 1;
    }

    @Override
    public int maxRequests() {
        return MAX_REQUESTS;
    }

    @Override
    public boolean together(AlertNotice first, AlertNotice next) {
        return false;
    }

    @Override
    public boolean acts() {
        return true;
    }

    @Override
    public String contentType() {
        return "application/cloudevents+json";
    }

    @Override
    public byte[] body(List<AlertNotice> batch) {
        AlertNotice notice = batch.getFirst();
        String phase = notice.phase().text();
        return Json.of(json -> {
            json.writeStartObject();
            json.writeStringField("specversion", "1.0");
            json.writeStringField("id", notice.fingerprint() + "-" + phase + "-" + notice.changedAt());
            json.writeStringField("source", "/rules/" + segment(notice.group()) + "/" + segment(notice.name()));
            json.writeStringField("type", TYPE + phase);
            json.writeStringField("subject", notice.fingerprint());
            Json.time("time", notice.changedAt(), json);
            Json.text("traceparent", traceparent(notice.exemplar()), json);
            json.writeStringField("datacontenttype", "application/json");
            json.writeObjectFieldStart("data");
            data(notice, json);
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static void data(AlertNotice notice, JsonGenerator json) throws IOException {
        AlertmanagerWebhook.alert(notice, json);
        json.writeStringField("value", GoFloat.plain(notice.value()));
        Json.text("traceId", notice.exemplar().traceId(), json);
        Json.text("spanId", notice.exemplar().spanId(), json);
    }

    private static String traceparent(AlertNotice.Exemplar exemplar) {
        return exemplar.isPresent() && !exemplar.spanId().isEmpty()
                ? "00-" + exemplar.traceId() + "-" + exemplar.spanId() + "-01"
                : "";
    }

    /** As a segment of a URI's path, where a blank is not a plus. */
    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
