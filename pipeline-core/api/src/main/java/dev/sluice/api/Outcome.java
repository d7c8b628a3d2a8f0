package dev.sluice.api;

import io.vertx.core.Future;
import java.time.Duration;

/** What became of a batch. A failed {@link Future} instead of an outcome is a bug and is answered as 500 / INTERNAL. */
public sealed interface Outcome {
    /** Everything was taken. */
    Accepted ACCEPTED = new Accepted(0, "");

    /** Taken; {@code rejectedItems} of it were not, and must not be sent again (OTLP partial success). */
    record Accepted(long rejectedItems, String message) implements Outcome {}

    /** Nothing was taken. {@code retryAfter} is zero unless the reason {@link Reason#retryable() may be retried}. */
    record Refused(Reason reason, String message, Duration retryAfter) implements Outcome {}

    /** Why a batch was refused. */
    enum Reason {
        INVALID,
        TOO_LARGE,
        UNAUTHENTICATED,
        FORBIDDEN,
        OVERLOADED,
        UNAVAILABLE;

        /** The sender may try the same bytes again. */
        public boolean retryable() {
            return this == OVERLOADED || this == UNAVAILABLE;
        }
    }

    static Future<Outcome> accepted() {
        return Future.succeededFuture(ACCEPTED);
    }

    /** A refusal that retrying cannot cure. */
    static Refused permanent(Reason reason, String message) {
        if (reason.retryable()) {
            throw new IllegalArgumentException(reason + " needs a delay");
        }
        return new Refused(reason, message, Duration.ZERO);
    }

    /** A refusal of a batch that may be sent again after a delay. */
    static Refused retryable(Reason reason, String message, Duration retryAfter) {
        if (!reason.retryable()) {
            throw new IllegalArgumentException(reason + " is not retryable");
        }
        return new Refused(reason, message, retryAfter);
    }
}
