package dev.sluice.transport.client;

import dev.sluice.transport.tls.ClientTlsConfig;
import dev.sluice.transport.tls.TestCertificates;
import dev.sluice.transport.tls.TlsConfig;
import dev.sluice.transport.tls.TpmConfig;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Servers that prove who they are, and clients that ask for it. Clients read their files again every minute. */
final class TestTls {
    private TestTls() {}

    /** With the key and certificate of the name {@code server}. */
    static HttpServerOptions server(TestCertificates certificates) {
        return new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(certificates.cert("server").toString())
                        .addKeyPath(certificates.key("server").toString()));
    }

    static ClientTlsConfig client(Path ca) {
        return client(ca, "");
    }

    /** @param name the one that the certificate must be for; empty for that of the endpoint */
    static ClientTlsConfig client(Path ca, String name) {
        return client(ca, "", "", name);
    }

    /** With a certificate of its own. */
    static ClientTlsConfig client(Path ca, Path cert, Path key) {
        return client(ca, cert.toString(), key.toString(), "");
    }

    private static ClientTlsConfig client(Path ca, String cert, String key, String name) {
        TlsConfig files = new TlsConfig(
                ca.toString(),
                null,
                false,
                cert,
                null,
                key,
                null,
                "",
                "",
                List.of(),
                List.of(),
                Duration.ofMinutes(1),
                TpmConfig.DEFAULT);
        return new ClientTlsConfig(files, false, false, name);
    }
}
