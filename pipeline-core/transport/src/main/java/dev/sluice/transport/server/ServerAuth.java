package dev.sluice.transport.server;

import dev.sluice.api.ComponentId;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The block {@code auth} of a server. */
public record ServerAuth(
        @Doc("The extension that says who may send.") @Nullable
        ComponentId authenticator,

        @Doc("Parameters of the query that count as headers, for HTTP.")
        List<String> requestParams)
        implements Config {
    public static final ServerAuth DEFAULT = new ServerAuth(null, List.of());

    /** Nobody must believe that requests are checked when they are not. */
    static final String UNSUPPORTED = "`auth` is not supported: Sluice has no extension that authenticates requests";
}
