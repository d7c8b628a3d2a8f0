package dev.sluice.api.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the engine puts around an exporter, from the outside in: queue, retries, time limit.
 *
 * @param timeout of one attempt; zero or null for none
 */
public record Delivery(
        @Nullable Duration timeout,
        @Nullable RetryConfig retry,
        @Nullable QueueConfig queue) {
    /** The exporter as it is. */
    public static final Delivery DIRECT = new Delivery(null, null, null);
}
