package dev.sluice.api;

import dev.sluice.api.config.Config;

/** Makes processors: one instance for each pipeline that names the id. */
public non-sealed interface ProcessorFactory<C extends Record & Config> extends ComponentFactory<C> {
    Processor create(C config, TelemetryConsumer next, ComponentContext context);
}
