package dev.sluice.api;

/** Time as components see it, so that tests can set it. Any thread. */
public interface Clock {
    /** Monotonic, for durations; the origin means nothing. */
    long nanoTime();

    /** Wall clock, nanoseconds since 1970-01-01T00:00:00Z, for what is written out. */
    long epochNanos();
}
