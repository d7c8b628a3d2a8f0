package dev.sluice.transport.tls;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.Squash;
import java.time.Duration;

/** The block {@code tls} of a server. */
public record ServerTlsConfig(
        @Squash @Doc("What clients and servers have in common.")
        TlsConfig common,

        @Doc("File with the CA certificates that clients must have theirs from, in PEM; clients need none where empty.")
        String clientCaFile,

        @Doc("Look at `client_ca_file` again every 10 s where `reload_interval` is not set.")
        boolean clientCaFileReload)
        implements Config {
    public static final ServerTlsConfig DEFAULT = new ServerTlsConfig(TlsConfig.DEFAULT, "", false);

    private static final Duration CA_RELOAD = Duration.ofSeconds(10);

    /** How often files are read again; zero for never. */
    Duration reloadEvery() {
        if (common.reloadInterval().isPositive()) {
            return common.reloadInterval();
        }
        return clientCaFileReload && !clientCaFile.isEmpty() ? CA_RELOAD : Duration.ZERO;
    }

    @Override
    public void validate(Problems problems) {
        if (!common.hasCert() && !common.hasKey()) {
            problems.add("TLS configuration must include both certificate and key for server connections");
        }
    }
}
