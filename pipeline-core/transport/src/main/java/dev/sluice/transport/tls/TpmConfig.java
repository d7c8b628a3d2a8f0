package dev.sluice.transport.tls;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;

/** The block {@code tls::tpm}: its keys are known, so that a configuration with the block turned off is taken. */
public record TpmConfig(
        @Doc("Take the private key from a trusted platform module. Not supported.")
        boolean enabled,

        @Doc("Device or socket of the module.") String path,
        @Doc("Password of the owner.") String ownerAuth,
        @Doc("Password of the key.") String auth)
        implements Config {
    public static final TpmConfig DEFAULT = new TpmConfig(false, "", "", "");

    @Override
    public void validate(Problems problems) {
        if (enabled) {
            problems.at("enabled", "keys in a trusted platform module are not supported");
        }
    }
}
