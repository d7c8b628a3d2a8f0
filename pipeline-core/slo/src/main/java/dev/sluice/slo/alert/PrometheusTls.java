package dev.sluice.slo.alert;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Secret;
import dev.sluice.transport.tls.ClientTlsConfig;
import dev.sluice.transport.tls.TlsConfig;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The block {@code tls_config} as Prometheus has it. */
public record PrometheusTls(
        @Doc("File with the CA certificates, in PEM.") String caFile,
        @Doc("The same as text.") @Nullable Secret ca,
        @Doc("File with the own certificate, in PEM.") String certFile,
        @Doc("The same as text.") @Nullable Secret cert,
        @Doc("File with the private key, in PEM.") String keyFile,
        @Doc("The same as text.") @Nullable Secret key,

        @Doc("Name to expect in the server's certificate, instead of its host.")
        String serverName,

        @Doc("Do not check the server's certificate.") boolean insecureSkipVerify)
        implements Config {
    public static final PrometheusTls DEFAULT = new PrometheusTls("", null, "", null, "", null, "", false);

    /** The same in our own words. */
    ClientTlsConfig common() {
        TlsConfig defaults = TlsConfig.DEFAULT;
        return new ClientTlsConfig(
                new TlsConfig(
                        caFile,
                        ca,
                        defaults.includeSystemCaCertsPool(),
                        certFile,
                        cert,
                        keyFile,
                        key,
                        defaults.minVersion(),
                        defaults.maxVersion(),
                        List.of(),
                        List.of(),
                        Duration.ZERO,
                        defaults.tpm()),
                false,
                insecureSkipVerify,
                serverName);
    }
}
