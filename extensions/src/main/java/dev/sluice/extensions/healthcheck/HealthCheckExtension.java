package dev.sluice.extensions.healthcheck;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Extension;
import dev.sluice.otlp.Bytes;
import dev.sluice.transport.server.HttpCall;
import dev.sluice.transport.server.HttpListener;
import dev.sluice.transport.server.HttpServerConfig;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;

/** Answers whoever asks, by any method, as the Collector does. */
final class HealthCheckExtension implements Extension {
    private final Probe probe;
    private final HttpListener listener;

    HealthCheckExtension(HttpServerConfig server, Probe probe, ComponentContext context) {
        this.probe = probe;
        this.listener = new HttpListener(server, context, this::answer);
    }

    @Override
    public Future<?> start() {
        return listener.start();
    }

    @Override
    public Future<?> stop() {
        return listener.stop();
    }

    /** The port listened on; -1 while there is none. */
    int port() {
        return listener.port();
    }

    private void answer(HttpCall call) {
        Probe.Answer answer = serves(probe.path(), call.path()) ? probe.answer(call.query()) : Probe.Answer.NOT_FOUND;
        call.answer(answer.status(), answer.type(), Bytes.of(answer.body().getBytes(StandardCharsets.UTF_8)));
    }

    /** As Go's {@code http.ServeMux} reads a pattern. */
    private static boolean serves(String pattern, String path) {
        return pattern.endsWith("/") ? path.startsWith(pattern) : path.equals(pattern);
    }
}
