package dev.sluice.exporters.debug;

import dev.sluice.api.Clock;
import java.time.Duration;

/**
 * Lets the first few of equal messages in a second pass, and then every so many. The counts of messages are kept by hash, so that
 * now and then two messages share one. A second begins with the first message after the last one ended.
 *
 * <p>Source: go.uber.org/zap, {@code zapcore.NewSamplerWithOptions}, which the Collector's exporter uses.
 */
final class LineSampler {
    private static final int COUNTERS = 4096;
    private static final long TICK = Duration.ofSeconds(1).toNanos();

    private final int initial;
    private final int thereafter;
    private final Clock clock;
    private final long[] counts = new long[COUNTERS];
    private final long[] ends = new long[COUNTERS];

    LineSampler(int initial, int thereafter, Clock clock) {
        this.initial = initial;
        this.thereafter = thereafter;
        this.clock = clock;
    }

    boolean passes(String message) {
        int at = message.hashCode() & (COUNTERS - 1);
        long now = clock.nanoTime();
        if (counts[at] == 0 || now - ends[at] >= 0) {
            counts[at] = 0;
            ends[at] = now + TICK;
        }
        long count = ++counts[at];
        return count <= initial || (thereafter > 0 && (count - initial) % thereafter == 0);
    }
}
