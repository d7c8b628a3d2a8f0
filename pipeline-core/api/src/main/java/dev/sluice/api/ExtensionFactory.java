package dev.sluice.api;

import dev.sluice.api.config.Config;
import dev.sluice.otlp.Signal;
import java.util.Map;

/** Makes extensions. */
public non-sealed interface ExtensionFactory<C extends Record & Config> extends ComponentFactory<C> {
    Extension create(C config, ComponentContext context);

    Stability stability();

    @Override
    default Map<Signal, Stability> signals() {
        return Map.of();
    }

    @Override
    default Placement placement() {
        return Placement.ONE_LOOP;
    }
}
