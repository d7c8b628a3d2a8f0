package dev.sluice.transport.client;

import dev.sluice.otlp.Bytes;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a request ended, whatever it was that ended it. */
public sealed interface HttpReply {
    /**
     * The server answered.
     *
     * @param contentType without parameters, in lower case
     * @param retryAfter of the header, be it in seconds or a date; null without one
     * @param location where a redirect, which is not followed, leads to; empty without one
     * @param extensions the headers that begin with {@code x-}, by their names in lower case; of several of a name the first
     * @param body empty if {@code truncated}
     * @param truncated the body is larger than what is read of it
     */
    record Answer(
            int status,
            String contentType,
            @Nullable Duration retryAfter,
            String location,
            Map<String, String> extensions,
            Bytes body,
            boolean truncated)
            implements HttpReply {
        public boolean success() {
            return status >= 200 && status < 300;
        }
    }

    /** There was no answer, and nothing is known about what became of the request. */
    record NoAnswer(String message) implements HttpReply {}
}
