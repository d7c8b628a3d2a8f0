package dev.sluice.engine.graph;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentId;
import dev.sluice.api.Connector;
import dev.sluice.api.ConnectorFactory;
import dev.sluice.api.Exporter;
import dev.sluice.api.ExporterFactory;
import dev.sluice.api.Extension;
import dev.sluice.api.ExtensionFactory;
import dev.sluice.api.Outputs;
import dev.sluice.api.Processor;
import dev.sluice.api.ProcessorFactory;
import dev.sluice.api.Receiver;
import dev.sluice.api.ReceiverFactory;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.Delivery;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.engine.config.Configured;
import dev.sluice.otlp.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Calls factories with their configurations. {@link Configured} promises that the two belong together, which the types cannot say;
 * so the unchecked casts are here and nowhere else.
 */
final class Creation {
    private Creation() {}

    @SuppressWarnings("unchecked")
    static <C extends Record & Config> Receiver receiver(Configured of, Outputs outputs, ComponentContext context) {
        return ((ReceiverFactory<C>) of.factory()).create((C) of.config(), outputs, context);
    }

    @SuppressWarnings("unchecked")
    static <C extends Record & Config> Processor processor(
            Configured of, TelemetryConsumer next, ComponentContext context) {
        return ((ProcessorFactory<C>) of.factory()).create((C) of.config(), next, context);
    }

    @SuppressWarnings("unchecked")
    static <C extends Record & Config> Exporter exporter(Configured of, ComponentContext context) {
        return ((ExporterFactory<C>) of.factory()).create((C) of.config(), context);
    }

    @SuppressWarnings("unchecked")
    static <C extends Record & Config> Connector connector(Configured of, Outputs outputs, ComponentContext context) {
        return ((ConnectorFactory<C>) of.factory()).create((C) of.config(), outputs, context);
    }

    @SuppressWarnings("unchecked")
    static <C extends Record & Config> Extension extension(Configured of, ComponentContext context) {
        return ((ExtensionFactory<C>) of.factory()).create((C) of.config(), context);
    }

    @SuppressWarnings("unchecked")
    static <C extends Record & Config> @Nullable String refusal(Configured exporter, Signal signal) {
        return ((ExporterFactory<C>) exporter.factory()).refusal((C) exporter.config(), signal);
    }

    @SuppressWarnings("unchecked")
    static <C extends Record & Config> Delivery delivery(Configured exporter) {
        return ((ExporterFactory<C>) exporter.factory()).delivery((C) exporter.config());
    }

    /** The queue that an exporter asks for. */
    static @Nullable QueueConfig queue(Configured exporter) {
        QueueConfig queue = delivery(exporter).queue();
        return queue != null && queue.enabled() ? queue : null;
    }

    /** The storage that an exporter wants its queue in. */
    static @Nullable ComponentId storage(Configured exporter) {
        QueueConfig queue = queue(exporter);
        return queue == null ? null : queue.storage();
    }
}
