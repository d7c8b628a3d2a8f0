package dev.sluice.transport.tls;

import dev.sluice.api.config.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What the files and texts of a {@code tls} block held when they were read, checked: everything parses and the key belongs to the
 * certificate. Reading blocks: call it through {@code ComponentContext.blocking}.
 *
 * @param key private key, certificate chain
 * @param trust what the other side is checked against, or null for the system's list
 */
public record TlsMaterial(
        @Nullable PemKeyCertOptions key, @Nullable TrustOptions trust) {
    /** For a client. */
    public static TlsMaterial read(ClientTlsConfig config, Vertx vertx) throws TlsException {
        return new TlsMaterial(key(config.common(), vertx), ca(config.common(), vertx));
    }

    /** For a server: {@code ca_file} plays no part, as in the Collector. */
    public static TlsMaterial read(ServerTlsConfig config, Vertx vertx) throws TlsException {
        PemKeyCertOptions key = key(config.common(), vertx);
        if (key == null) {
            throw new TlsException("TLS configuration must include both certificate and key for server connections");
        }
        return new TlsMaterial(key, config.clientCaFile().isEmpty() ? null : clientCa(config, vertx));
    }

    /** For Vert.x, with ALPN on. */
    public ClientSSLOptions options(ClientTlsConfig config) {
        ClientSSLOptions options = new ClientSSLOptions()
                .setTrustAll(config.insecureSkipVerify())
                .setHostnameVerificationAlgorithm(config.insecureSkipVerify() ? "" : "HTTPS");
        common(options, config.common());
        return options;
    }

    /** For Vert.x, with ALPN on. */
    public ServerSSLOptions options(ServerTlsConfig config) {
        ServerSSLOptions options =
                new ServerSSLOptions().setClientAuth(trust == null ? ClientAuth.NONE : ClientAuth.REQUIRED);
        common(options, config.common());
        return options;
    }

    private void common(SSLOptions options, TlsConfig config) {
        if (key != null) {
            options.setKeyCertOptions(key);
        }
        if (trust != null) {
            options.setTrustOptions(trust);
        }
        options.setUseAlpn(true);
        options.setEnabledSecureTransportProtocols(config.protocols());
        config.enabledSuites().forEach(options::addEnabledCipherSuite);
        config.groups().forEach(options::addKeyExchangeGroup);
    }

    private static @Nullable PemKeyCertOptions key(TlsConfig config, Vertx vertx) throws TlsException {
        if (!config.hasCert() || !config.hasKey()) {
            return null;
        }
        String what = "failed to load TLS config: failed to load TLS cert and key: ";
        PemKeyCertOptions pem = new PemKeyCertOptions()
                .setCertValue(pem(config.certFile(), config.certPem(), what))
                .setKeyValue(pem(config.keyFile(), config.keyPem(), what));
        String bad = what + "failed to load TLS cert and key PEMs: ";
        X509KeyManager keys;
        try {
            keys = (X509KeyManager) pem.getKeyManagerFactory(vertx).getKeyManagers()[0];
        } catch (Exception e) {
            // Vert.x declares no narrower type. Its text names what is missing, never what is in the file.
            throw new TlsException(bad + e.getMessage(), e);
        }
        if (!belong(keys)) {
            throw new TlsException(bad + "tls: private key does not match public key");
        }
        return pem;
    }

    private static @Nullable TrustOptions ca(TlsConfig config, Vertx vertx) throws TlsException {
        if (!config.hasCa()) {
            return null;
        }
        String what = "failed to load TLS config: failed to load CA CertPool "
                + (config.caFile().isEmpty() ? "PEM: " : "File: failed to load cert " + config.caFile() + ": ");
        Buffer pem = pem(config.caFile(), config.caPem(), what);
        String bad = "failed to load TLS config: failed to load CA CertPool "
                + (config.caFile().isEmpty() ? "PEM: " : "File: ")
                + "failed to parse cert";
        return trust(pem, config.includeSystemCaCertsPool(), bad, vertx);
    }

    private static TrustOptions clientCa(ServerTlsConfig config, Vertx vertx) throws TlsException {
        String what = "failed to load TLS config: failed to load client CA CertPool: failed to ";
        Buffer pem = pem(config.clientCaFile(), null, what + "load CA " + config.clientCaFile() + ": ");
        return trust(
                pem, config.common().includeSystemCaCertsPool(), what + "parse CA " + config.clientCaFile(), vertx);
    }

    private static TrustOptions trust(Buffer pem, boolean withSystem, String bad, Vertx vertx) throws TlsException {
        PemTrustOptions given = new PemTrustOptions().addCertValue(pem);
        TrustOptions trust = withSystem ? new SystemAndPemTrust(given) : given;
        try {
            if (given.loadKeyStore(vertx).size() == 0) {
                throw new TlsException(bad);
            }
            trust.getTrustManagerFactory(vertx);
        } catch (TlsException e) {
            throw e;
        } catch (Exception e) {
            throw new TlsException(bad, e);
        }
        return trust;
    }

    private static Buffer pem(String file, @Nullable Secret text, String what) throws TlsException {
        if (text != null) {
            return Buffer.buffer(text.reveal());
        }
        try {
            return Buffer.buffer(Files.readAllBytes(Path.of(file)));
        } catch (NoSuchFileException e) {
            throw new TlsException(what + "open " + file + ": no such file or directory", e);
        } catch (AccessDeniedException e) {
            throw new TlsException(what + "open " + file + ": permission denied", e);
        } catch (IOException e) {
            throw new TlsException(what + "read " + file + ": " + e.getMessage(), e);
        }
    }

    /** During a rotation one of the two files may be new and the other still old. */
    private static boolean belong(X509KeyManager keys) throws TlsException {
        try {
            for (String type : List.of("RSA", "EC", "EdDSA")) {
                String[] aliases = keys.getServerAliases(type, null);
                if (aliases != null && aliases.length > 0) {
                    PrivateKey secret = keys.getPrivateKey(aliases[0]);
                    PublicKey open = keys.getCertificateChain(aliases[0])[0].getPublicKey();
                    return open.getAlgorithm().equals(secret.getAlgorithm()) && signs(secret, open);
                }
            }
            return false;
        } catch (GeneralSecurityException e) {
            throw new TlsException("failed to load TLS cert and key PEMs: " + e.getMessage(), e);
        }
    }

    private static boolean signs(PrivateKey secret, PublicKey open) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (secret.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> secret.getAlgorithm();
                });
        byte[] nonce = new byte[32];
        signature.initSign(secret);
        signature.update(nonce);
        byte[] signed = signature.sign();
        signature.initVerify(open);
        signature.update(nonce);
        return signature.verify(signed);
    }
}
