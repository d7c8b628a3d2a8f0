package dev.sluice.extensions.healthcheck;

import java.math.BigDecimal;
import java.time.Duration;

/** Values as Go writes them. */
final class GoText {
    private GoText() {}

    /** A positive duration as {@code time.Duration.String} has it: {@code 1h0m2.5s}, {@code 350ms}. */
    static String duration(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos < 1_000) {
            return nanos == 0 ? "0s" : nanos + "ns";
        }
        if (nanos < 1_000_000) {
            return decimal(nanos, 3) + "µs";
        }
        if (nanos < 1_000_000_000) {
            return decimal(nanos, 6) + "ms";
        }
        String seconds = decimal(duration.toSecondsPart() * 1_000_000_000L + duration.toNanosPart(), 9) + "s";
        long minutes = duration.toMinutes();
        if (minutes == 0) {
            return seconds;
        }
        return (duration.toHours() > 0 ? duration.toHours() + "h" : "") + duration.toMinutesPart() + "m" + seconds;
    }

    private static String decimal(long value, int scale) {
        BigDecimal decimal = BigDecimal.valueOf(value, scale).stripTrailingZeros();
        return decimal.toPlainString();
    }
}
