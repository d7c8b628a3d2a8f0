package dev.sluice.engine.config;

import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentId;

/**
 * A component of the configuration.
 *
 * @param config of the class that the factory's {@code defaultConfig} has
 */
public record Configured(ComponentId id, ComponentFactory<?> factory, Record config) {}
