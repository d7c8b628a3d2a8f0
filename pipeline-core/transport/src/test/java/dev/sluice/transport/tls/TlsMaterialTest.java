package dev.sluice.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.Secret;
import dev.sluice.testkit.TestContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ServerSSLOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsMaterialTest {
    @TempDir
    private static Path folder;

    private static Vertx vertx;
    private static TestCertificates certificates;

    @BeforeAll
    static void issue() {
        vertx = Vertx.vertx();
        certificates = TestCertificates.in(folder)
                .issue("EC", "EC")
                .issue("RSA", "RSA")
                .issue("other", "EC");
    }

    @AfterAll
    static void close() {
        vertx.close().await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void aKeyThatBelongsToItsCertificateIsTaken(String name) throws TlsException {
        ServerTlsConfig config = server(certificates.cert(name), certificates.key(name), "");
        ServerSSLOptions options = TlsMaterial.read(config, vertx).options(config);
        assertThat(options.getKeyCertOptions()).isNotNull();
        assertThat(options.getClientAuth()).isEqualTo(ClientAuth.NONE);
        assertThat(options.isUseAlpn()).isTrue();
    }

    @Test
    void aKeyOfAnotherCertificateIsRefusedInTheCollectorsWords() {
        ServerTlsConfig config = server(certificates.cert("EC"), certificates.key("other"), "");
        assertThatThrownBy(() -> TlsMaterial.read(config, vertx))
                .isInstanceOf(TlsException.class)
                .hasMessage(
                        "failed to load TLS config: failed to load TLS cert and key: failed to load TLS cert and key PEMs: "
                                + "tls: private key does not match public key");
    }

    @Test
    void missingFilesAreNamed() {
        ServerTlsConfig noKey = server(certificates.cert("EC"), folder.resolve("none.key"), "");
        assertThatThrownBy(() -> TlsMaterial.read(noKey, vertx))
                .hasMessage("failed to load TLS config: failed to load TLS cert and key: open "
                        + folder.resolve("none.key") + ": no such file or directory");
        ServerTlsConfig noCa = server(certificates.cert("EC"), certificates.key("EC"), "/nowhere/ca.pem");
        assertThatThrownBy(() -> TlsMaterial.read(noCa, vertx))
                .hasMessage("failed to load TLS config: failed to load client CA CertPool: failed to load CA "
                        + "/nowhere/ca.pem: open /nowhere/ca.pem: no such file or directory");
        assertThatThrownBy(() -> TlsMaterial.read(client("/nowhere/ca.pem", null, false), vertx))
                .hasMessage("failed to load TLS config: failed to load CA CertPool File: failed to load cert "
                        + "/nowhere/ca.pem: open /nowhere/ca.pem: no such file or directory");
        assertThatThrownBy(() -> TlsMaterial.read(ServerTlsConfig.DEFAULT, vertx))
                .hasMessage("TLS configuration must include both certificate and key for server connections");
        ServerTlsConfig folderAsCert = server(folder, certificates.key("EC"), "");
        assertThatThrownBy(() -> TlsMaterial.read(folderAsCert, vertx)).hasMessageContaining("read " + folder + ": ");
    }

    @Test
    void rubbishInsteadOfPemIsRefused() {
        assertThatThrownBy(() -> TlsMaterial.read(client("", new Secret("rubbish"), false), vertx))
                .hasMessage("failed to load TLS config: failed to load CA CertPool PEM: failed to parse cert");
        TlsConfig rubbish = new TlsConfig(
                "",
                null,
                false,
                "",
                new Secret("x"),
                "",
                new Secret("y"),
                "",
                "",
                List.of(),
                List.of(),
                Duration.ZERO,
                TpmConfig.DEFAULT);
        assertThatThrownBy(() -> TlsMaterial.read(new ServerTlsConfig(rubbish, "", false), vertx))
                .isInstanceOf(TlsException.class)
                .hasMessageStartingWith("failed to load TLS config: failed to load TLS cert and key: ");
    }

    @Test
    void aClientCanTrustTheSystemBesidesItsOwnCa() throws Exception {
        ClientTlsConfig own = client(certificates.ca().toString(), null, false);
        ClientTlsConfig both = client(certificates.ca().toString(), null, true);
        int alone = issuers(TlsMaterial.read(own, vertx));
        int together = issuers(TlsMaterial.read(both, vertx));
        assertThat(alone).isEqualTo(1);
        assertThat(together).isGreaterThan(1);
        assertThat(TlsMaterial.read(both, vertx)).isEqualTo(TlsMaterial.read(both, vertx));
        assertThat(TlsMaterial.read(both, vertx).options(both).getHostnameVerificationAlgorithm())
                .isEqualTo("HTTPS");
    }

    @Test
    void onlyChangedMaterialThatFitsIsPutToUse() throws Exception {
        Path live = Files.createDirectory(folder.resolve("live"));
        TestCertificates rotating =
                TestCertificates.in(live).issue("server", "EC").issue("next", "EC");
        ServerTlsConfig config = server(
                rotating.cert("server"), rotating.key("server"), rotating.ca().toString());
        TestContext context = new TestContext("otlp", vertx);
        List<ServerSSLOptions> applied = new ArrayList<>();
        TlsReload reload = TlsReload.server(context, config, TlsMaterial.read(config, vertx), options -> {
            applied.add(options);
            return Future.succeededFuture();
        });

        context.manualClock().advance(Duration.ofSeconds(10));
        assertThat(applied).as("nothing changed").isEmpty();

        Files.copy(rotating.cert("next"), rotating.cert("server"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        context.manualClock().advance(Duration.ofSeconds(10));
        assertThat(applied).as("new certificate, old key").isEmpty();

        rotating.replace("server", "next");
        context.manualClock().advance(Duration.ofSeconds(10));
        assertThat(applied).as("both new").hasSize(1);
        assertThat(applied.getFirst().getClientAuth()).isEqualTo(ClientAuth.REQUIRED);

        Files.copy(certificates.ca(), rotating.ca(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        context.manualClock().advance(Duration.ofSeconds(10));
        assertThat(applied).as("new CA").hasSize(2);

        reload.stop();
        assertThat(context.manualClock().pending()).isZero();
    }

    @Test
    void aClientReloadsByItsInterval() throws Exception {
        Path live = Files.createDirectory(folder.resolve("client"));
        TestCertificates rotating =
                TestCertificates.in(live).issue("client", "EC").issue("next", "EC");
        TlsConfig common = new TlsConfig(
                "",
                null,
                false,
                rotating.cert("client").toString(),
                null,
                rotating.key("client").toString(),
                null,
                "",
                "",
                List.of(),
                List.of(),
                Duration.ofSeconds(3),
                TpmConfig.DEFAULT);
        ClientTlsConfig config = new ClientTlsConfig(common, false, true, "");
        TestContext context = new TestContext("otlp", vertx);
        List<Object> applied = new ArrayList<>();
        TlsReload reload = TlsReload.client(context, config, TlsMaterial.read(config, vertx), options -> {
            applied.add(options);
            return Future.succeededFuture();
        });
        rotating.replace("client", "next");
        context.manualClock().advance(Duration.ofSeconds(2));
        assertThat(applied).isEmpty();
        context.manualClock().advance(Duration.ofSeconds(1));
        assertThat(applied).hasSize(1);
        reload.stop();
    }

    @Test
    void withoutAnIntervalNoTimerRuns() throws Exception {
        ServerTlsConfig config = new ServerTlsConfig(
                server(certificates.cert("EC"), certificates.key("EC"), "").common(), "", false);
        TestContext context = new TestContext("otlp", vertx);
        TlsReload.server(context, config, TlsMaterial.read(config, vertx), options -> Future.succeededFuture())
                .stop();
        assertThat(context.manualClock().pending()).isZero();
    }

    private static int issuers(TlsMaterial material) throws Exception {
        return ((javax.net.ssl.X509TrustManager)
                        material.trust().getTrustManagerFactory(vertx).getTrustManagers()[0])
                .getAcceptedIssuers()
                .length;
    }

    private static ServerTlsConfig server(Path cert, Path key, String clientCa) {
        TlsConfig common = new TlsConfig(
                "",
                null,
                false,
                cert.toString(),
                null,
                key.toString(),
                null,
                "",
                "",
                List.of(),
                List.of(),
                Duration.ZERO,
                TpmConfig.DEFAULT);
        return new ServerTlsConfig(common, clientCa, true);
    }

    private static ClientTlsConfig client(String caFile, Secret caPem, boolean system) {
        TlsConfig common = new TlsConfig(
                caFile,
                caPem,
                system,
                "",
                null,
                "",
                null,
                "",
                "",
                List.of(),
                List.of(),
                Duration.ZERO,
                TpmConfig.DEFAULT);
        return new ClientTlsConfig(common, false, false, "");
    }
}
