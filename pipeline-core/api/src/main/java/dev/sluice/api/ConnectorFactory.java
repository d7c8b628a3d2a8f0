package dev.sluice.api;

import dev.sluice.api.config.Config;
import dev.sluice.otlp.Signal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes connectors: one instance for all the pipelines that name the id. */
public non-sealed interface ConnectorFactory<C extends Record & Config> extends ComponentFactory<C> {
    Connector create(C config, Outputs outputs, ComponentContext context);

    /** The pairs of signals it connects. */
    Map<Route, Stability> routes();

    @Override
    default Map<Signal, Stability> signals() {
        Map<Signal, Stability> from = new LinkedHashMap<>();
        routes().forEach((route, stability) -> from.putIfAbsent(route.from(), stability));
        return from;
    }

    /** From the signal of the pipeline that ends in the connector to that of one that begins with it. */
    record Route(Signal from, Signal to) {
        @Override
        public String toString() {
            return from.key() + "-to-" + to.key();
        }
    }
}
