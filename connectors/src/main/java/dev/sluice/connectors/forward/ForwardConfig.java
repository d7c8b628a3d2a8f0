package dev.sluice.connectors.forward;

import dev.sluice.api.config.Config;

/** No options. */
public record ForwardConfig() implements Config {
    public static final ForwardConfig DEFAULT = new ForwardConfig();
}
