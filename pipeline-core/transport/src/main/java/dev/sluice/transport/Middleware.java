package dev.sluice.transport;

import dev.sluice.api.ComponentId;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import org.jspecify.annotations.Nullable;

/** One entry of {@code middlewares}, of a client or a server. */
public record Middleware(@Doc("The extension.") @Nullable ComponentId id) implements Config {
    public static final Middleware DEFAULT = new Middleware(null);

    /** What is wrong where there is an entry. */
    public static final String UNSUPPORTED = "`middlewares` is not supported: Sluice has no extension that is one";
}
