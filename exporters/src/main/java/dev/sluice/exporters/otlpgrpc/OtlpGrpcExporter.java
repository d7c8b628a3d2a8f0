package dev.sluice.exporters.otlpgrpc;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Exporter;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Signal;
import dev.sluice.transport.client.GrpcChannel;
import dev.sluice.transport.client.GrpcReply;
import dev.sluice.transport.client.PartialSuccess;
import io.vertx.core.Future;
import java.time.Duration;

/** One unary call a batch; the wire bytes are the message. */
final class OtlpGrpcExporter implements Exporter {
    private final OtlpGrpcConfig config;
    private final ComponentContext context;
    private final GrpcChannel channel;

    OtlpGrpcExporter(OtlpGrpcConfig config, ComponentContext context) {
        this.config = config;
        this.context = context;
        this.channel = new GrpcChannel(config.client(), context);
    }

    @Override
    public Future<?> start() {
        return channel.start();
    }

    @Override
    public Future<?> stop() {
        return channel.stop();
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        return channel.call(path(batch.signal()), batch.wire(), config.timeout())
                .map(reply -> outcome(batch.signal(), reply));
    }

    private Outcome outcome(Signal signal, GrpcReply reply) {
        String message = "rpc error: code = " + reply.code().word() + " desc = " + reply.message();
        Duration delay = reply.retryDelay() == null ? Duration.ZERO : reply.retryDelay();
        return switch (reply.code()) {
            case OK -> PartialSuccess.ofProto(reply.body()).outcome(signal, context.log());
            case CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS ->
                Outcome.retryable(Reason.UNAVAILABLE, message, delay);
            case RESOURCE_EXHAUSTED ->
                reply.retryDelay() != null || config.retryOnResourceExhausted()
                        ? Outcome.retryable(Reason.OVERLOADED, message, delay)
                        : Outcome.permanent(Reason.TOO_LARGE, message);
            case UNAUTHENTICATED -> Outcome.permanent(Reason.UNAUTHENTICATED, message);
            case PERMISSION_DENIED -> Outcome.permanent(Reason.FORBIDDEN, message);
            case INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, UNIMPLEMENTED, INTERNAL, UNKNOWN ->
                Outcome.permanent(Reason.INVALID, message);
        };
    }

    private static String path(Signal signal) {
        return switch (signal) {
            case TRACES -> "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
            case METRICS -> "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
            case LOGS -> "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
        };
    }
}
