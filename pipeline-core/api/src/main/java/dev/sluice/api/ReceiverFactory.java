package dev.sluice.api;

import dev.sluice.api.config.Config;

/** Makes receivers: one instance for all the pipelines and signals that name the id. */
public non-sealed interface ReceiverFactory<C extends Record & Config> extends ComponentFactory<C> {
    Receiver create(C config, Outputs outputs, ComponentContext context);
}
