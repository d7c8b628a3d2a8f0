package dev.sluice.transport.client;

import dev.sluice.otlp.Bytes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a unary call ended, whatever it was that ended it.
 *
 * @param message the server's words, or what went wrong on the way
 * @param retryDelay of the status detail {@code google.rpc.RetryInfo}, if there is one
 * @param body the response message; empty unless the code is OK
 */
public record GrpcReply(
        GrpcCode code, String message, @Nullable Duration retryDelay, Bytes body) {
    static GrpcReply failed(GrpcCode code, String message) {
        return new GrpcReply(code, message, null, Bytes.EMPTY);
    }
}
