package dev.sluice.transport.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testkit.Configs;
import dev.sluice.transport.tls.ClientTlsConfig;
import dev.sluice.transport.tls.TestCertificates;
import dev.sluice.transport.tls.TlsConfig;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrpcTlsTest extends GrpcCalls {
    @TempDir
    private Path folder;

    @Test
    void tlsChecksTheServerAndSpeaksHttp2() {
        TestCertificates certificates = TestCertificates.in(folder).issue("server", "EC");
        GrpcServer secure = secure(TestTls.server(certificates));
        channel = channel("localhost:" + secure.port(), "tls", TestTls.client(certificates.ca()));
        assertThat(call().code()).isEqualTo(GrpcCode.OK);
        assertThat(secure.calls.getFirst().request().scheme()).isEqualTo("https");
        // Not signed by a CA that the system knows.
        channel = channel("localhost:" + secure.port(), "tls", ClientTlsConfig.DEFAULT);
        assertThat(call().code()).isEqualTo(GrpcCode.UNAVAILABLE);
        channel = channel(
                "https://localhost:" + secure.port(), "tls", new ClientTlsConfig(TlsConfig.DEFAULT, false, true, ""));
        assertThat(call().code()).isEqualTo(GrpcCode.OK);
    }

    @Test
    void theNameToExpectMayBeAnother() {
        TestCertificates certificates = TestCertificates.in(folder).issue("server", "EC");
        GrpcServer secure = secure(TestTls.server(certificates));
        String endpoint = "1.names.test:" + secure.port();
        channel = channel(endpoint, "tls", TestTls.client(certificates.ca()));
        assertThat(call().code()).isEqualTo(GrpcCode.UNAVAILABLE);
        channel = channel(endpoint, "tls", TestTls.client(certificates.ca(), "localhost"));
        assertThat(call().code()).isEqualTo(GrpcCode.OK);
        assertThat(secure.calls.getFirst().request().authority()).hasToString("localhost:" + secure.port());
    }

    @Test
    void serversThatAskForACertificateGetIt() {
        TestCertificates certificates =
                TestCertificates.in(folder).issue("server", "EC").issue("client", "RSA");
        GrpcServer secure = secure(TestTls.server(certificates)
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(
                        new PemTrustOptions().addCertPath(certificates.ca().toString())));
        channel = channel("localhost:" + secure.port(), "tls", TestTls.client(certificates.ca()));
        assertThat(call().code()).isEqualTo(GrpcCode.UNAVAILABLE);
        channel = channel(
                "localhost:" + secure.port(),
                "tls",
                TestTls.client(certificates.ca(), certificates.cert("client"), certificates.key("client")));
        assertThat(call().code()).isEqualTo(GrpcCode.OK);
    }

    @Test
    void aNewCaIsTakenAfterTheReloadIntervalAndABadOneIsNot() throws IOException {
        TestCertificates certificates = TestCertificates.in(folder).issue("server", "EC");
        GrpcServer secure = secure(TestTls.server(certificates));
        Path ca = folder.resolve("current.pem");
        TestCertificates others = TestCertificates.in(Files.createDirectory(folder.resolve("others")));
        copy(others.ca(), ca);
        channel = channel("localhost:" + secure.port(), "tls", TestTls.client(ca));
        assertThat(call().code()).isEqualTo(GrpcCode.UNAVAILABLE);
        copy(certificates.ca(), ca);
        loop.advance(Duration.ofMinutes(1));
        assertThat(call().code()).isEqualTo(GrpcCode.OK);
        copy(certificates.key("server"), ca);
        loop.advance(Duration.ofMinutes(1));
        secure.connections.getLast().close();
        GrpcReply reply = call();
        assertThat(reply.code() == GrpcCode.OK ? reply : call())
                .extracting(GrpcReply::code)
                .isEqualTo(GrpcCode.OK);
    }

    @Test
    void startingFailsWithoutGoodCertificates() {
        GrpcClientConfig config = Configs.with(
                GrpcClientConfig.DEFAULT,
                "endpoint",
                "localhost:4317",
                "tls",
                TestTls.client(folder.resolve("none.pem")));
        GrpcChannel bad = loop.get(() -> new GrpcChannel(config, loop.surroundings()));
        assertThatThrownBy(() -> loop.call(bad::start)).hasMessageContaining("no such file or directory");
        loop.call(bad::stop);
    }

    private GrpcServer secure(HttpServerOptions options) {
        return new GrpcServer(loop.vertx(), options, SocketAddress.inetSocketAddress(0, "127.0.0.1"));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
