package dev.sluice.api;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Delivery;

/** Makes exporters: one instance for all the pipelines that name the id. */
public non-sealed interface ExporterFactory<C extends Record & Config> extends ComponentFactory<C> {
    Exporter create(C config, ComponentContext context);

    /** What the engine puts around the exporter. */
    default Delivery delivery(C config) {
        return Delivery.DIRECT;
    }
}
