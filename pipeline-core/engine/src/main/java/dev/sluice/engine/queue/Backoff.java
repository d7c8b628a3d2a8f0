package dev.sluice.engine.queue;

import dev.sluice.api.config.RetryConfig;
import java.util.random.RandomGenerator;

/**
 * The waits between the attempts of one batch: interval i is initial x multiplier^i, capped at the maximum, times a random number
 * in 1 ± randomization_factor. Computed as cenkalti/backoff v5 does, which the Collector uses, in nanoseconds.
 */
final class Backoff {
    private final RetryConfig config;
    private final RandomGenerator random;
    private long current;

    Backoff(RetryConfig config, RandomGenerator random) {
        this.config = config;
        this.random = random;
        current = config.initialInterval().toNanos();
    }

    /** The next wait in nanoseconds. */
    long next() {
        long wait = spread(current);
        long max = config.maxInterval().toNanos();
        current = current >= max / config.multiplier() ? max : (long) (current * config.multiplier());
        return wait;
    }

    private long spread(long interval) {
        double factor = config.randomizationFactor();
        if (factor == 0) {
            return interval;
        }
        double delta = factor * interval;
        double min = interval - delta;
        double max = interval + delta;
        // The 1 makes the upper bound reachable after rounding down.
        return (long) (min + random.nextDouble() * (max - min + 1));
    }
}
