package dev.sluice.api;

import dev.sluice.api.config.Config;
import dev.sluice.otlp.Signal;
import java.util.Map;

/**
 * Describes one kind of component and makes it. Found by {@link java.util.ServiceLoader} under this type; stateless; any thread.
 *
 * @param <C> the component's configuration
 */
public sealed interface ComponentFactory<C extends Record & Config>
        permits ReceiverFactory, ProcessorFactory, ExporterFactory, ConnectorFactory, ExtensionFactory {
    ComponentType type();

    /** One sentence for the lists of components. */
    String summary();

    C defaultConfig();

    /** The signals it works for; of a connector those it takes in; empty for an extension. */
    Map<Signal, Stability> signals();

    default Placement placement() {
        return Placement.EVERY_LOOP;
    }

    /** Whether the instances of all loops speak to that of the first over a {@link ComponentContext#channel}. */
    default boolean gathers() {
        return false;
    }
}
