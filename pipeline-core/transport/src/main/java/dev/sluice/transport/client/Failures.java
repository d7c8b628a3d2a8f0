package dev.sluice.transport.client;

import dev.sluice.gotext.GoNetError;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;

/** Texts for what goes wrong below HTTP. */
final class Failures {
    private Failures() {}

    static String text(Throwable cause) {
        return switch (cause) {
            case StreamResetException reset -> "stream terminated by RST_STREAM with error code: " + reset.getCode();
            // Not its goAway(): that copies a buffer which Netty has taken back by then (Vert.x 5.2.3).
            case HttpClosedException _ -> "connection closed";
            default -> GoNetError.reason(cause);
        };
    }
}
