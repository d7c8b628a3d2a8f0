package dev.sluice.transport.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Loop;
import dev.sluice.transport.server.RawHttp.Answer;
import dev.sluice.transport.tls.ServerTlsConfig;
import dev.sluice.transport.tls.TestCertificates;
import dev.sluice.transport.tls.TlsConfig;
import dev.sluice.transport.tls.TlsException;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS in front of HTTP, and other addresses than TCP's. */
class ServerTlsTest {
    @TempDir
    private Path folder;

    private final Loop loop = new Loop("otlp");
    private TestCertificates certificates;
    private @Nullable HttpListener listener;

    @BeforeEach
    void certificates() {
        certificates = TestCertificates.in(folder)
                .issue("server", "EC")
                .issue("next", "EC")
                .issue("client", "EC");
    }

    @AfterEach
    void stop() throws Exception {
        if (listener != null) {
            loop.call(listener::stop);
        }
        loop.close();
    }

    private void listen(String transport, String endpoint, @Nullable ServerTlsConfig tls) throws Exception {
        HttpServerConfig config = Configs.with(HttpServerConfig.at(endpoint), "transport", transport, "tls", tls);
        listener = new HttpListener(config, loop.surroundings(), call -> call.text(200, "from " + call.peer()));
        loop.call(listener::start);
    }

    private ServerTlsConfig tls(String clientCa, Duration reload) {
        TlsConfig common = Configs.with(
                TlsConfig.DEFAULT,
                "cert_file",
                certificates.cert("server").toString(),
                "key_file",
                certificates.key("server").toString(),
                "reload_interval",
                reload);
        return new ServerTlsConfig(common, clientCa, false);
    }

    /** With the certificate of the name, or none where it is empty. */
    private SSLContext context(String name) throws Exception {
        Vertx vertx = loop.vertx();
        KeyManager[] keys = name.isEmpty()
                ? null
                : new PemKeyCertOptions()
                        .setCertPath(certificates.cert(name).toString())
                        .setKeyPath(certificates.key(name).toString())
                        .getKeyManagerFactory(vertx)
                        .getKeyManagers();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                keys,
                new PemTrustOptions()
                        .addCertPath(certificates.ca().toString())
                        .getTrustManagerFactory(vertx)
                        .getTrustManagers(),
                null);
        return context;
    }

    private SSLSocket socket(SSLContext context) throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        return (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", listener.port(), true);
    }

    private int get(SSLContext context) throws IOException {
        try (RawHttp client = new RawHttp(socket(context))) {
            return client.send("GET / HTTP/1.1\nhost: x\n\n").read().status();
        }
    }

    @Test
    void speaksHttp1AndHttp2AsTheClientPrefers() throws Exception {
        listen("tcp", "127.0.0.1:0", tls("", Duration.ZERO));
        for (HttpClient.Version version : HttpClient.Version.values()) {
            try (HttpClient client = HttpClient.newBuilder()
                    .sslContext(context(""))
                    .version(version == HttpClient.Version.HTTP_1_1 ? version : HttpClient.Version.HTTP_2)
                    .build()) {
                HttpResponse<String> response = client.send(
                        HttpRequest.newBuilder(URI.create("https://localhost:" + listener.port() + "/"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(response.body()).isEqualTo("from 127.0.0.1\n");
                assertThat(response.version())
                        .isEqualTo(version == HttpClient.Version.HTTP_1_1 ? version : HttpClient.Version.HTTP_2);
            }
        }
    }

    @Test
    void letsOnlyClientsInWhoseCertificateTheCaSigned() throws Exception {
        listen("tcp", "127.0.0.1:0", tls(certificates.ca().toString(), Duration.ZERO));
        assertThat(get(context("client"))).isEqualTo(200);
        SSLContext without = context("");
        assertThatThrownBy(() -> get(without)).isInstanceOfAny(SSLException.class, IOException.class);
    }

    @Test
    void failsNoHandshakeWhileKeysAreReplaced() throws Exception {
        // Short, so that the time that passes here does not make a request of another thread late.
        Duration interval = Duration.ofMillis(1);
        listen("tcp", "127.0.0.1:0", tls(certificates.ca().toString(), interval));
        SSLContext client = context("client");
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            // One replacement beside each handshake: more would keep the loop from its end.
            for (int i = 0; i < 60; i++) {
                Future<Integer> status = clients.submit(() -> get(client));
                certificates.replace("server", i % 2 == 0 ? "next" : "client");
                loop.advance(interval);
                assertThat(status.get()).isEqualTo(200);
            }
        }
    }

    @Test
    @Timeout(20)
    void presentsTheNewCertificateAndKeepsTheOldWhereTheNewIsBroken() throws Exception {
        listen("tcp", "127.0.0.1:0", tls("", Duration.ofSeconds(10)));
        Files.writeString(certificates.cert("server"), "broken");
        loop.advance(Duration.ofSeconds(11));
        assertThat(get(context(""))).isEqualTo(200);
        certificates.replace("server", "next");
        loop.advance(Duration.ofSeconds(11));
        // It is put to use on another thread.
        while (!presented().equals("CN=next")) {
            Thread.onSpinWait();
        }
    }

    private String presented() throws Exception {
        try (SSLSocket socket = socket(context(""))) {
            socket.startHandshake();
            return socket.getSession().getPeerPrincipal().getName();
        }
    }

    @Test
    void doesNotStartWithKeysThatAreNotGoodNorOnATakenPort() throws Exception {
        Files.writeString(certificates.key("server"), "broken");
        assertThatThrownBy(() -> listen("tcp", "127.0.0.1:0", tls("", Duration.ZERO)))
                .isInstanceOf(TlsException.class);
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> listen("tcp", "127.0.0.1:" + other.getLocalPort(), null))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("listen tcp 127.0.0.1:" + other.getLocalPort() + ": bind: ");
        }
    }

    @Test
    void listensOnUnixSockets() throws Exception {
        Path path = folder.resolve("s.sock");
        listen("unix", path.toString(), null);
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.connect(UnixDomainSocketAddress.of(path));
            client.write(ByteBuffer.wrap("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(1024);
            while (client.read(answer) >= 0) {
                Thread.onSpinWait();
            }
            assertThat(new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200 OK")
                    .endsWith("from \n");
        }
        loop.call(listener::stop);
        assertThat(path).doesNotExist();
    }

    @Test
    void takesThePlaceOfASocketThatNobodyListensOn() throws Exception {
        Path path = folder.resolve("s.sock");
        try (ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            crashed.bind(UnixDomainSocketAddress.of(path));
            assertThatThrownBy(() -> listen("unix", path.toString(), null)).hasMessageContaining("bind");
        }
        assertThat(path).exists();
        listen("unix", path.toString(), null);
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertThat(client.connect(UnixDomainSocketAddress.of(path))).isTrue();
        }
    }

    @Test
    void readsAnswersOfOneConnectionWholeOverTls() throws Exception {
        listen("tcp", "127.0.0.1:0", tls("", Duration.ZERO));
        try (RawHttp client = new RawHttp(socket(context("")))) {
            for (int i = 0; i < 3; i++) {
                Answer answer = client.send("GET / HTTP/1.1\nhost: x\n\n").read();
                assertThat(answer.text()).isEqualTo("from 127.0.0.1\n");
            }
        }
    }
}
