package dev.sluice.transport.client;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The {@code google.rpc.Status} in the body of an OTLP/HTTP refusal.
 *
 * @param message empty if the body is something else
 * @param retryDelay of its {@code RetryInfo}; null without one
 */
public record StatusBody(String message, @Nullable Duration retryDelay) {
    private static final StatusBody NONE = new StatusBody("", null);

    /** Never fails: a refusal counts whatever its body holds. */
    public static StatusBody of(HttpReply.Answer answer) {
        return switch (answer.contentType()) {
            case "application/x-protobuf" -> ofProto(answer.body().toByteArray());
            case "application/json" -> ofJson(answer.body().toByteArray());
            default -> NONE;
        };
    }

    private static StatusBody ofProto(byte[] body) {
        StatusDetails details = StatusDetails.of(body);
        return new StatusBody(details.message(), details.retryDelay());
    }

    private static StatusBody ofJson(byte[] body) {
        try {
            Object message = new JsonObject(Buffer.buffer(body)).getValue("message");
            return message == null ? NONE : new StatusBody(message.toString(), null);
        } catch (DecodeException | ClassCastException e) {
            return NONE;
        }
    }
}
