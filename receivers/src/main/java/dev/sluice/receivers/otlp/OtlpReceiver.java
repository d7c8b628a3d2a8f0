package dev.sluice.receivers.otlp;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Outputs;
import dev.sluice.api.Receiver;
import dev.sluice.otlp.Signal;
import dev.sluice.transport.server.GrpcListener;
import dev.sluice.transport.server.HttpListener;
import dev.sluice.transport.server.UnaryMethod;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Listens for OTLP. Signals that no pipeline takes are not offered: UNIMPLEMENTED and 404, as the Collector answers. */
final class OtlpReceiver implements Receiver {
    private final @Nullable GrpcListener grpc;
    private final @Nullable HttpListener http;

    OtlpReceiver(OtlpReceiverConfig config, Outputs outputs, ComponentContext context) {
        OtlpReceiverConfig.Protocols protocols = config.protocols();
        Map<String, UnaryMethod> methods = new HashMap<>();
        Map<String, SignalInlet> paths = new HashMap<>();
        for (Signal signal : outputs.signals()) {
            SignalInlet inlet = new SignalInlet(signal, outputs.to(signal));
            methods.put(method(signal), inlet);
            if (protocols.http() != null) {
                paths.put(protocols.http().path(signal), inlet);
            }
        }
        grpc = protocols.grpc() == null
                ? null
                : new GrpcListener(protocols.grpc().server(), context, methods);
        http = protocols.http() == null
                ? null
                : new HttpListener(protocols.http().server(), context, new OtlpHttp(paths, context.log()));
    }

    @Override
    public Future<?> start() {
        Future<?> first = grpc == null ? Future.succeededFuture() : grpc.start();
        return first.compose(listening -> http == null ? Future.succeededFuture() : http.start())
                .recover(failure -> stop().transform(stopped -> Future.failedFuture(failure)));
    }

    @Override
    public Future<?> stop() {
        Future<?> first = http == null ? Future.succeededFuture() : http.stop();
        Future<?> second = grpc == null ? Future.succeededFuture() : grpc.stop();
        return Future.join(first, second);
    }

    /** The port of gRPC, which the system chooses where the configuration says 0. */
    int grpcPort() {
        return grpc == null ? -1 : grpc.port();
    }

    /** The same of HTTP. */
    int httpPort() {
        return http == null ? -1 : http.port();
    }

    private static String method(Signal signal) {
        return switch (signal) {
            case TRACES -> "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
            case METRICS -> "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
            case LOGS -> "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
        };
    }
}
