package dev.sluice.transport.server;

import java.time.Duration;

/** How long requests may take to come (reliability.md, 3.1: slow loris). In nanoseconds, as the clock counts. */
final class Limits {
    /** For the headers of a request, from its first byte on. */
    static final long HEADERS = Duration.ofSeconds(10).toNanos();

    /** For a body that comes slower than {@link #LEAST_RATE}. */
    static final long BODY = Duration.ofSeconds(30).toNanos();

    /** Bytes a second. */
    private static final long LEAST_RATE = 1024;

    /** For the rest of a request when the listener stops. */
    static final long STOPPING = Duration.ofSeconds(5).toNanos();

    /** For a client to read an answer that came before it had sent all, and to close. */
    static final long LINGER = Duration.ofSeconds(2).toNanos();

    private Limits() {}

    /** Whether a body of which so many bytes came in that time is too slow to wait for. */
    static boolean tooSlow(long nanos, long received) {
        return nanos > BODY && received < nanos / 1_000_000_000 * LEAST_RATE;
    }

    /** {@code configured} where it is set and stricter. */
    static long headers(Duration configured) {
        return configured.isPositive() ? Math.min(configured.toNanos(), HEADERS) : HEADERS;
    }

    /** 0 for none. */
    static long nanos(Duration configured) {
        return configured.isPositive() ? configured.toNanos() : 0;
    }

    static boolean passed(long limit, long since, long now) {
        return limit > 0 && now - since >= limit;
    }
}
