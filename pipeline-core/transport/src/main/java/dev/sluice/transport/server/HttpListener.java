package dev.sluice.transport.server;

import dev.sluice.api.ComponentContext;
import io.vertx.core.Future;

/**
 * An HTTP server: HTTP/1.1, and HTTP/2 where a client asks for it. Every loop makes its own on the same address, and the loops share
 * the connections. Used on one loop, which is the one that starts it.
 */
public final class HttpListener {
    private final HttpServing serving;

    /** The configuration is valid and its endpoint is not empty. */
    public HttpListener(HttpServerConfig config, ComponentContext context, HttpHandler handler) {
        this.serving = new HttpServing(config, context, handler);
    }

    /** Listens; fails if the address cannot be had, or if keys and certificates are not good. */
    public Future<?> start() {
        return serving.listening().start();
    }

    /** Takes no more requests, lets those under way be answered, and closes. Legal unstarted and twice. */
    public Future<?> stop() {
        return serving.stop();
    }

    /** The port listened on, which the system chooses where the endpoint says 0; -1 while there is none. */
    public int port() {
        return serving.listening().port();
    }
}
