package dev.sluice.receivers.jvm;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import java.time.Duration;

/** Configuration of the receiver {@code jvm}. */
record JvmReceiverConfig(
        @Doc(value = "Time from one reading to the next.", sluiceOnly = true)
        Duration collectionInterval,

        @Doc(value = "Time from the start to the first reading.", sluiceOnly = true)
        Duration initialDelay,

        @Doc(value = "Tell the causes of garbage collections apart (`jvm.gc.cause`).", sluiceOnly = true)
        boolean gcCause)
        implements Config {
    public static final JvmReceiverConfig DEFAULT =
            new JvmReceiverConfig(Duration.ofSeconds(30), Duration.ofSeconds(1), false);

    @Override
    public void validate(Problems problems) {
        if (!collectionInterval.isPositive()) {
            problems.add("\"collection_interval\": requires positive value");
        }
        if (initialDelay.isNegative()) {
            problems.add("\"initial_delay\": requires positive value");
        }
    }
}
