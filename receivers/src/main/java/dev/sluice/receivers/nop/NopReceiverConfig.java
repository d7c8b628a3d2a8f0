package dev.sluice.receivers.nop;

import dev.sluice.api.config.Config;

/** No options. */
public record NopReceiverConfig() implements Config {
    public static final NopReceiverConfig DEFAULT = new NopReceiverConfig();
}
