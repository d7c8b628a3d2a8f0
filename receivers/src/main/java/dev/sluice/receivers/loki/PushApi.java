package dev.sluice.receivers.loki;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.transport.compression.Compression;
import dev.sluice.transport.server.HttpCall;
import dev.sluice.transport.server.HttpHandler;
import java.util.Locale;

/**
 * Loki's endpoint {@code /loki/api/v1/push}. Source: Loki 3.7, pkg/loghttp/push: JSON for its content type, else protobuf, whose body is in snappy's block
 * format whether or not a header says so. The older {@code /api/prom/push} has another JSON, and is not there.
 */
final class PushApi implements HttpHandler {
    private final RecordWriter records;
    private final TelemetryConsumer next;
    private final ComponentContext context;

    /** @param limit bytes of the records that a push may become */
    PushApi(boolean incomingTimestamps, int limit, TelemetryConsumer next, ComponentContext context) {
        this.records = new RecordWriter(incomingTimestamps, limit, context.clock());
        this.next = next;
        this.context = context;
    }

    @Override
    public void handle(HttpCall call) {
        switch (call.path()) {
            case "/loki/api/v1/push" -> push(call);
            // What clients ask to find out whether there is somebody.
            case "/ready" -> call.text(200, "ready");
            default -> call.text(404, "404 page not found");
        }
    }

    private void push(HttpCall call) {
        if (!call.method().equals("POST")) {
            call.header("allow", "POST").text(405, "405 method not allowed, supported: [POST]");
            return;
        }
        String type = call.header("content-type");
        String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        switch (media) {
            case "application/json" ->
                call.receive(new Push(call, body -> JsonPush.write(body, records), next, context.log()));
            case "", "application/x-protobuf" ->
                call.receive(
                        new Push(call, body -> ProtoPush.write(body, records), next, context.log()),
                        Compression.SNAPPY);
            default ->
                call.text(415, "415 unsupported media type, supported: [application/json, application/x-protobuf]");
        }
    }
}
