package dev.sluice.slo.alert;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Secret;

/** The block {@code hmac} of a webhook: a receiver that has the secret knows by it who sent the body. */
public record HmacConfig(
        @Doc("What both sides know.") Secret secret,

        @Doc("The header: `sha256=` and the HMAC-SHA256 of the body before it is compressed, in hex.")
        String header)
        implements Config {
    public static final HmacConfig DEFAULT = new HmacConfig(new Secret(""), "X-Sluice-Signature-256");
}
