package dev.sluice.transport.tls;

import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.function.Function;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The system's CA certificates and some more. A record, so that Vert.x sees by equality whether anything changed. */
record SystemAndPemTrust(PemTrustOptions given) implements TrustOptions {
    @Override
    public TrustOptions copy() {
        return this;
    }

    @Override
    public TrustManagerFactory getTrustManagerFactory(Vertx vertx) throws Exception {
        KeyStore all = given.loadKeyStore(vertx);
        int next = 0;
        for (TrustManager manager : factory(null).getTrustManagers()) {
            if (manager instanceof X509TrustManager system) {
                for (X509Certificate certificate : system.getAcceptedIssuers()) {
                    all.setCertificateEntry("system-" + next++, certificate);
                }
            }
        }
        return factory(all);
    }

    @Override
    public Function<String, TrustManager[]> trustManagerMapper(Vertx vertx) {
        // Server names choose nothing here, and null makes Vert.x use the factory above.
        return serverName -> null;
    }

    private static TrustManagerFactory factory(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }
}
