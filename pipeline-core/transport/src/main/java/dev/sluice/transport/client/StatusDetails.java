package dev.sluice.transport.client;

import dev.sluice.otlp.MalformedOtlpException;
import dev.sluice.otlp.WireReader;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What an encoded {@code google.rpc.Status} says: field 2 the message, field 3 the details, each an Any of type url (1) and value (2).
 *
 * @param message empty if there is none
 * @param retryDelay of a {@code google.rpc.RetryInfo} among the details; null without one
 */
record StatusDetails(String message, @Nullable Duration retryDelay) {
    static final StatusDetails NONE = new StatusDetails("", null);

    private static final String RETRY_INFO = "/google.rpc.RetryInfo";

    /** Of the trailer {@code grpc-status-details-bin}. */
    static StatusDetails ofTrailer(@Nullable String trailer) {
        if (trailer == null) {
            return NONE;
        }
        try {
            // The padding may be left out; the decoder takes both.
            return of(Base64.getDecoder().decode(trailer.strip()));
        } catch (IllegalArgumentException e) {
            return NONE;
        }
    }

    /** Never fails: a refusal counts whatever its details hold. */
    static StatusDetails of(byte[] status) {
        try {
            String message = "";
            Duration delay = null;
            WireReader reader = new WireReader(status, 0, status.length);
            while (reader.next()) {
                if (reader.field() == 2 && reader.isRange()) {
                    message = reader.string();
                } else if (reader.field() == 3 && reader.isRange() && delay == null) {
                    delay = retryInfo(new WireReader().enter(reader));
                }
            }
            return new StatusDetails(message, delay);
        } catch (MalformedOtlpException e) {
            return NONE;
        }
    }

    private static @Nullable Duration retryInfo(WireReader any) {
        String type = "";
        WireReader value = new WireReader();
        while (any.next()) {
            if (any.field() == 1 && any.isRange()) {
                type = any.string();
            } else if (any.field() == 2 && any.isRange()) {
                value.enter(any);
            }
        }
        if (!type.endsWith(RETRY_INFO)) {
            return null;
        }
        Duration delay = Duration.ZERO;
        while (value.next()) {
            if (value.field() == 1 && value.isRange()) {
                delay = duration(new WireReader().enter(value));
            }
        }
        return delay;
    }

    private static Duration duration(WireReader reader) {
        long seconds = 0;
        long nanos = 0;
        while (reader.next()) {
            if (reader.field() == 1) {
                seconds = reader.bits();
            } else if (reader.field() == 2) {
                nanos = reader.bits();
            }
        }
        // google.protobuf.Duration: at most 10,000 years either way; below zero makes no sense here.
        boolean sane = seconds >= 0 && seconds <= 315_576_000_000L && nanos >= 0 && nanos < 1_000_000_000;
        return sane ? Duration.ofSeconds(seconds, nanos) : Duration.ZERO;
    }
}
