package dev.sluice.transport.client;

import dev.sluice.api.ComponentId;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import org.jspecify.annotations.Nullable;

/** The block {@code auth} of a client. */
public record ClientAuth(
        @Doc("The extension that signs requests.") @Nullable ComponentId authenticator) implements Config {
    public static final ClientAuth DEFAULT = new ClientAuth(null);
}
