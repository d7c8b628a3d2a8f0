package dev.sluice.transport.server;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import java.time.Duration;

/** The block {@code dialer}, which the Collector has wherever there is an address. */
public record Dialer(
        @Doc("Accepted for compatibility; a server connects to nothing.")
        Duration timeout) implements Config {
    public static final Dialer DEFAULT = new Dialer(Duration.ZERO);
}
