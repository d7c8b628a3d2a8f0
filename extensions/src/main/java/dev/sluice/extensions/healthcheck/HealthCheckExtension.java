package dev.sluice.extensions.healthcheck;

import dev.sluice.api.Extension;
import dev.sluice.transport.server.GrpcListener;
import dev.sluice.transport.server.HttpListener;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Answers whoever asks, over HTTP by any method, as the Collector does, and over gRPC. */
final class HealthCheckExtension implements Extension {
    private final @Nullable HttpListener http;
    private final @Nullable GrpcListener grpc;

    /** One of the two may be missing. */
    HealthCheckExtension(@Nullable HttpListener http, @Nullable GrpcListener grpc) {
        this.http = http;
        this.grpc = grpc;
    }

    @Override
    public Future<?> start() {
        Future<?> first = http == null ? Future.succeededFuture() : http.start();
        return first.compose(_ -> grpc == null ? Future.succeededFuture() : grpc.start());
    }

    @Override
    public Future<?> stop() {
        return Future.join(
                http == null ? Future.succeededFuture() : http.stop(),
                grpc == null ? Future.succeededFuture() : grpc.stop());
    }

    /** The port that HTTP listens on; -1 while it does not. */
    int port() {
        return http == null ? -1 : http.port();
    }

    /** The port that gRPC listens on; -1 while it does not. */
    int grpcPort() {
        return grpc == null ? -1 : grpc.port();
    }
}
