package dev.sluice.transport.server;

import dev.sluice.api.ComponentId;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import org.jspecify.annotations.Nullable;

/** One entry of {@code middlewares}. */
public record Middleware(@Doc("The extension.") @Nullable ComponentId id) implements Config {
    public static final Middleware DEFAULT = new Middleware(null);

    static final String UNSUPPORTED = "`middlewares` is not supported: Sluice has no extension that is one";
}
