package dev.sluice.transport.server;

import dev.sluice.api.Outcome;
import dev.sluice.otlp.WireWriter;
import dev.sluice.transport.client.GrpcCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A {@code google.rpc.Status} as answers carry it, and what outcomes become (architecture.md, 6). A refusal that may be tried again
 * always says after what time.
 *
 * @param http the status of an HTTP answer
 * @param retryDelay zero for what must not be tried again
 */
public record RpcStatus(GrpcCode code, int http, String message, Duration retryDelay) {
    private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

    private static final int INTERNAL_ERROR = 500;

    /** A status that must not be tried again. */
    public static RpcStatus of(GrpcCode code, int http, String message) {
        return new RpcStatus(code, http, message, Duration.ZERO);
    }

    public static RpcStatus of(Outcome.Refused refused) {
        String message = refused.message();
        return switch (refused.reason()) {
            case INVALID -> of(GrpcCode.INVALID_ARGUMENT, 400, message);
            case TOO_LARGE -> of(GrpcCode.RESOURCE_EXHAUSTED, 413, message);
            case UNAUTHENTICATED -> of(GrpcCode.UNAUTHENTICATED, 401, message);
            case FORBIDDEN -> of(GrpcCode.PERMISSION_DENIED, 403, message);
            case OVERLOADED -> new RpcStatus(GrpcCode.RESOURCE_EXHAUSTED, 429, message, delay(refused));
            case UNAVAILABLE -> new RpcStatus(GrpcCode.UNAVAILABLE, 503, message, delay(refused));
        };
    }

    /** A bug: what went wrong is in the log, and no business of the sender. */
    public static RpcStatus internal() {
        return of(GrpcCode.INTERNAL, INTERNAL_ERROR, "internal error");
    }

    public boolean retryable() {
        return retryDelay.isPositive();
    }

    /** For the header {@code Retry-After}: whole seconds, rounded up, so that nobody comes too early. */
    public long retryAfterSeconds() {
        return retryDelay.plusNanos(999_999_999).toSeconds();
    }

    public byte[] toProto() {
        WireWriter writer = new WireWriter(64 + message.length());
        if (retryable()) {
            int detail = writer.mark();
            int info = writer.mark();
            int duration = writer.mark();
            if (retryDelay.toNanosPart() != 0) {
                writer.varint(2, retryDelay.toNanosPart());
            }
            writer.varint(1, retryDelay.toSeconds());
            writer.message(1, duration);
            writer.message(2, info);
            writer.string(1, RETRY_INFO);
            writer.message(3, detail);
        }
        writer.string(2, message);
        writer.varint(1, code.number());
        return writer.toByteArray();
    }

    /** As protobuf's JSON mapping has it. */
    public byte[] toJson() {
        JsonObject json = new JsonObject().put("code", code.number()).put("message", message);
        if (retryable()) {
            json.put(
                    "details",
                    new JsonArray()
                            .add(new JsonObject().put("@type", RETRY_INFO).put("retryDelay", seconds(retryDelay))));
        }
        return json.encode().getBytes(StandardCharsets.UTF_8);
    }

    /** A google.protobuf.Duration: seconds with 0, 3, 6 or 9 digits behind the point. */
    private static String seconds(Duration duration) {
        int nanos = duration.toNanosPart();
        if (nanos == 0) {
            return duration.toSeconds() + "s";
        }
        String digits = String.format("%09d", nanos);
        int keep = nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
        return duration.toSeconds() + "." + digits.substring(0, keep) + "s";
    }

    private static Duration delay(Outcome.Refused refused) {
        return refused.retryAfter().isPositive() ? refused.retryAfter() : Duration.ofSeconds(1);
    }
}
