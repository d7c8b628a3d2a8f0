package dev.sluice.exporters.nop;

import dev.sluice.api.config.Config;

/** No options. */
public record NopExporterConfig() implements Config {
    public static final NopExporterConfig DEFAULT = new NopExporterConfig();
}
