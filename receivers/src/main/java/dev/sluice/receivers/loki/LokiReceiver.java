package dev.sluice.receivers.loki;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Receiver;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.transport.server.HttpListener;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Listens for what is pushed to a Loki. */
final class LokiReceiver implements Receiver {
    private final @Nullable HttpListener http;

    LokiReceiver(LokiReceiverConfig config, TelemetryConsumer next, ComponentContext context) {
        LokiReceiverConfig.Http protocol = config.protocols().http();
        http = protocol == null
                ? null
                : new HttpListener(
                        protocol.server(),
                        context,
                        new PushApi(
                                config.useIncomingTimestamp(), protocol.server().maxBody(), next, context));
    }

    @Override
    public Future<?> start() {
        return http == null ? Future.succeededFuture() : http.start();
    }

    @Override
    public Future<?> stop() {
        return http == null ? Future.succeededFuture() : http.stop();
    }

    /** The port listened on; -1 while there is none. */
    int port() {
        return http == null ? -1 : http.port();
    }
}
