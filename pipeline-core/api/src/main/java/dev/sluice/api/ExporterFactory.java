package dev.sluice.api;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Delivery;
import dev.sluice.otlp.Signal;
import org.jspecify.annotations.Nullable;

/** Makes exporters: one instance for all the pipelines that name the id. */
public non-sealed interface ExporterFactory<C extends Record & Config> extends ComponentFactory<C> {
    Exporter create(C config, ComponentContext context);

    /** Why an exporter of a valid configuration cannot take a signal that it has a pipeline of; null if it can. */
    default @Nullable String refusal(C config, Signal signal) {
        return null;
    }

    /** What the engine puts around the exporter. */
    default Delivery delivery(C config) {
        return Delivery.DIRECT;
    }
}
