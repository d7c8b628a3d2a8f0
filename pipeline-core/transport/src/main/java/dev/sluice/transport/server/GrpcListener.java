package dev.sluice.transport.server;

import dev.sluice.api.ComponentContext;
import io.vertx.core.Future;
import java.util.Map;

/**
 * A server of unary gRPC methods, on Vert.x's socket and Netty's HTTP/2 (github.com/grpc/grpc, doc/PROTOCOL-HTTP2.md). Every loop makes
 * its own on the same address, and the loops share the connections. Used on one loop, which is the one that starts it.
 */
public final class GrpcListener {
    private final GrpcServing serving;

    /**
     * The configuration is valid and its endpoint is not empty.
     *
     * @param methods by path: {@code /package.Service/Method}
     */
    public GrpcListener(GrpcServerConfig config, ComponentContext context, Map<String, UnaryMethod> methods) {
        this.serving = new GrpcServing(config, context, methods);
    }

    /** Listens; fails if the address cannot be had, or if keys and certificates are not good. */
    public Future<?> start() {
        return serving.start();
    }

    /** Takes no more calls, lets those under way be answered, and closes. Legal unstarted and twice. */
    public Future<?> stop() {
        return serving.stop();
    }

    /** The port listened on, which the system chooses where the endpoint says 0; -1 while there is none. */
    public int port() {
        return serving.listening().port();
    }
}
