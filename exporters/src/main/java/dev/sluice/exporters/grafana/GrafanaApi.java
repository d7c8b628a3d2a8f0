package dev.sluice.exporters.grafana;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Outcome;
import dev.sluice.otlp.Bytes;
import dev.sluice.transport.client.HttpChannel;
import dev.sluice.transport.client.HttpOutcome;
import dev.sluice.transport.client.HttpReply;
import dev.sluice.transport.client.HttpTarget;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Requests to one Grafana in the name of one service account. On one loop; futures do not fail. */
final class GrafanaApi {
    private static final String JSON = "application/json";

    private final String base;
    private final Map<String, String> headers = new HashMap<>();
    private final HttpChannel channel;

    GrafanaApi(GrafanaExporterConfig config, ComponentContext context) {
        String endpoint = config.client().endpoint();
        base = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
        channel = new HttpChannel(config.client(), context);
        headers.put("accept", JSON);
        if (!config.token().reveal().isEmpty()) {
            headers.put("authorization", "Bearer " + config.token().reveal());
        }
        if (config.orgId() > 0) {
            headers.put("x-grafana-org-id", Integer.toString(config.orgId()));
        }
    }

    Future<?> start() {
        return channel.start();
    }

    Future<?> stop() {
        return channel.stop();
    }

    Future<HttpReply> get(String path) {
        return channel.send(HttpMethod.GET, target(path), headers, Bytes.EMPTY);
    }

    Future<HttpReply> send(HttpMethod method, String path, JsonObject body) {
        return send(method, path, JSON, body.toBuffer().getBytes());
    }

    /** @param what is sent, for messages */
    Future<Outcome> post(String what, String path, String text) {
        return send(HttpMethod.POST, path, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8))
                .map(reply -> HttpOutcome.of(what, reply));
    }

    /** What a good answer says. */
    static Buffer body(HttpReply.Answer answer) {
        return Buffer.buffer(answer.body().toByteArray());
    }

    /** Grafana knows of no such thing. */
    static boolean missing(HttpReply reply) {
        return reply instanceof HttpReply.Answer answer && answer.status() == 404;
    }

    private Future<HttpReply> send(HttpMethod method, String path, String type, byte[] body) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("content-type", type);
        return channel.send(method, target(path), all, Bytes.of(body));
    }

    private HttpTarget target(String path) {
        return Objects.requireNonNull(HttpTarget.parse(base + path), "the configuration is valid");
    }
}
