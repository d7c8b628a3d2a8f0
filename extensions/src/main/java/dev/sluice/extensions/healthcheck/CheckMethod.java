package dev.sluice.extensions.healthcheck;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.ServiceInfo;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.MalformedOtlpException;
import dev.sluice.otlp.WireReader;
import dev.sluice.transport.client.GrpcCode;
import dev.sluice.transport.server.RpcStatus;
import dev.sluice.transport.server.StatusException;
import dev.sluice.transport.server.UnaryMethod;
import io.vertx.core.Future;
import java.util.Map;

/**
 * The method {@code Check} of {@code grpc.health.v1.Health} (github.com/grpc/grpc, doc/health-checking.md). A service is the whole if its
 * name is empty, {@code extensions}, or a pipeline by its id. {@code Watch} is answered with UNIMPLEMENTED, as the protocol allows.
 */
final class CheckMethod implements UnaryMethod {
    /** The field {@code service} of a HealthCheckRequest. */
    private static final int SERVICE = 1;
    /** A HealthCheckResponse with the status SERVING, and one with NOT_SERVING. */
    private static final Bytes SERVING = Bytes.of(new byte[] {8, 1});

    private static final Bytes NOT_SERVING = Bytes.of(new byte[] {8, 2});

    private final ServiceInfo service;

    private CheckMethod(ServiceInfo service) {
        this.service = service;
    }

    static Map<String, UnaryMethod> methods(ComponentContext context) {
        return Map.of("/grpc.health.v1.Health/Check", new CheckMethod(context.service()));
    }

    @Override
    public Future<Outcome> call(Bytes message, Origin origin) {
        try {
            return isKnown(name(message))
                    ? Outcome.accepted()
                    : Future.failedFuture(
                            new StatusException(RpcStatus.of(GrpcCode.NOT_FOUND, 404, "Service not found.")));
        } catch (MalformedOtlpException e) {
            return Future.succeededFuture(Outcome.permanent(Outcome.Reason.INVALID, String.valueOf(e.getMessage())));
        }
    }

    @Override
    public Bytes reply(Outcome.Accepted accepted) {
        return service.ready() ? SERVING : NOT_SERVING;
    }

    private boolean isKnown(String name) {
        return name.isEmpty()
                || name.equals("extensions")
                || service.pipelines().stream()
                        .anyMatch(pipeline -> pipeline.id().toString().equals(name));
    }

    private static String name(Bytes request) {
        String name = "";
        for (int i = 0; i < request.sliceCount(); i++) {
            WireReader reader = new WireReader(request.sliceArray(i), request.sliceOffset(i), request.sliceLength(i));
            while (reader.next()) {
                if (reader.field() == SERVICE && reader.isRange()) {
                    name = reader.string();
                }
            }
        }
        return name;
    }
}
