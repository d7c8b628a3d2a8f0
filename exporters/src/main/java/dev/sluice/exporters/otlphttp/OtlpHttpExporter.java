package dev.sluice.exporters.otlphttp;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Exporter;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.json.OtlpJson;
import dev.sluice.transport.client.HttpChannel;
import dev.sluice.transport.client.HttpReply;
import dev.sluice.transport.client.HttpTarget;
import dev.sluice.transport.client.PartialSuccess;
import dev.sluice.transport.client.StatusBody;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One POST a batch; as protobuf the wire bytes are the body. */
final class OtlpHttpExporter implements Exporter {
    private static final String PROTO = "application/x-protobuf";
    private static final String JSON = "application/json";

    private final OtlpHttpConfig config;
    private final ComponentContext context;
    private final HttpChannel channel;
    private final Map<Signal, HttpTarget> targets = new EnumMap<>(Signal.class);

    OtlpHttpExporter(OtlpHttpConfig config, ComponentContext context) {
        this.config = config;
        this.context = context;
        this.channel = new HttpChannel(config.client(), context);
        for (Signal signal : Signal.values()) {
            HttpTarget target = config.target(signal);
            if (target != null) {
                targets.put(signal, target);
            }
        }
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
        Signal signal = batch.signal();
        HttpTarget target = targets.get(signal);
        if (target == null) {
            String missing = "either endpoint or " + signal.key() + "_endpoint must be specified";
            return Future.succeededFuture(Outcome.permanent(Reason.INVALID, missing));
        }
        Future<HttpReply> reply = config.json()
                ? json(batch).compose(body -> channel.post(target, Map.of("content-type", JSON), body))
                : channel.post(target, Map.of("content-type", PROTO), batch.wire());
        return reply.map(answer -> outcome(signal, answer));
    }

    /** Not on the loop: it is much work for a large batch. */
    private Future<Bytes> json(Telemetry batch) {
        return context.blocking(() -> Bytes.of(OtlpJson.encode(batch.signal(), batch.wire())));
    }

    private Outcome outcome(Signal signal, HttpReply reply) {
        return switch (reply) {
            case HttpReply.NoAnswer none ->
                Outcome.retryable(
                        Reason.UNAVAILABLE, "failed to make an HTTP request: " + none.message(), Duration.ZERO);
            case HttpReply.Answer answer -> answer.success() ? success(signal, answer) : failure(signal, answer);
        };
    }

    private Outcome success(Signal signal, HttpReply.Answer answer) {
        if (answer.truncated()) {
            context.log().warn("The response to {} is too large to read; taken for a full success", signal.key());
        }
        PartialSuccess partial = switch (answer.contentType()) {
            case PROTO -> PartialSuccess.ofProto(answer.body());
            case JSON -> PartialSuccess.ofJson(signal, answer.body());
            default -> PartialSuccess.ofProto(Bytes.EMPTY);
        };
        return partial.outcome(signal, context.log());
    }

    private Outcome failure(Signal signal, HttpReply.Answer answer) {
        StatusBody status = StatusBody.of(answer);
        String message = "error exporting items, request to " + config.url(signal) + " responded with HTTP Status Code "
                + answer.status() + (status.message().isEmpty() ? "" : ", Message=" + status.message());
        Duration delay = delay(answer.retryAfter(), status.retryDelay());
        return switch (answer.status()) {
            case 429 -> Outcome.retryable(Reason.OVERLOADED, message, delay);
            case 502, 503, 504 -> Outcome.retryable(Reason.UNAVAILABLE, message, delay);
            case 401 -> Outcome.permanent(Reason.UNAUTHENTICATED, message);
            case 403 -> Outcome.permanent(Reason.FORBIDDEN, message);
            case 413 -> Outcome.permanent(Reason.TOO_LARGE, message);
            default -> Outcome.permanent(Reason.INVALID, message);
        };
    }

    private static Duration delay(@Nullable Duration header, @Nullable Duration detail) {
        return header != null ? header : detail != null ? detail : Duration.ZERO;
    }
}
