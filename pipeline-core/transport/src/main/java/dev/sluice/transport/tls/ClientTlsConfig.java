package dev.sluice.transport.tls;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Squash;

/** The block {@code tls} of a client. */
public record ClientTlsConfig(
        @Squash @Doc("What clients and servers have in common.")
        TlsConfig common,

        @Doc("Do without TLS, unless a CA is given.") boolean insecure,

        @Doc("Use TLS but do not check the server's certificate.")
        boolean insecureSkipVerify,

        @Doc("Name to expect in the server's certificate, instead of the host of the endpoint.")
        String serverNameOverride)
        implements Config {
    public static final ClientTlsConfig DEFAULT = new ClientTlsConfig(TlsConfig.DEFAULT, false, false, "");

    /** No TLS, as far as this block is asked; a scheme in the endpoint may say otherwise. */
    public boolean plaintext() {
        return insecure && !common.hasCa();
    }
}
