package dev.sluice.exporters.prometheusremotewrite;

/** OTLP's nanoseconds since 1970 as remote write's milliseconds. */
final class Times {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** What a start before this must not be told as: senders that do not know it write 0. */
    private static final long FIRST_SECOND = 1_000_000_000;

    private Times() {}

    static long millis(long nanos) {
        return nanos / NANOS_PER_MILLI;
    }

    /** 0 for unknown. */
    static long start(long nanos) {
        return nanos < FIRST_SECOND ? 0 : millis(nanos);
    }
}
