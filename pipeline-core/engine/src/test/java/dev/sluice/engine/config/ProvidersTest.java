package dev.sluice.engine.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.engine.config.ConfigProvider.ProviderException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {
    private static final String MINIMAL =
            "receivers: {nop: }\nexporters: {nop: }\nservice: {pipelines: {traces: {receivers: [nop], exporters: [nop]}}}\n";

    private HttpServer server;
    private String base;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        base = "//127.0.0.1:" + server.getAddress().getPort();
        answer("/config.yaml", 200, MINIMAL.getBytes(UTF_8));
        answer("/missing", 404, new byte[0]);
        answer("/huge", 200, new byte[4 * 1024 * 1024 + 1]);
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "http:" + base + "/config.yaml");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void configurationIsReadFromAFileAndAWebServer(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.yaml"), MINIMAL);
        for (String location :
                List.of(file.toString(), "file:" + file, "http:" + base + "/config.yaml", "yaml:" + MINIMAL)) {
            LoadedConfig loaded = ConfigLoader.load(
                    ConfigSources.of(List.of(location), List.of(), Map.of()),
                    TestComponents.FACTORIES,
                    FeatureGates.DEFAULT);
            assertThat(loaded.receivers()).as(location).hasSize(1);
        }
    }

    @Test
    void webServerMustAnswerItselfAndInBounds() {
        assertThatThrownBy(() -> http(base + "/missing"))
                .hasMessage("failed to load resource from uri \"http:" + base + "/missing\". status code: 404");
        assertThatThrownBy(() -> http(base + "/moved"))
                .hasMessage("failed to load resource from uri \"http:" + base + "/moved\". status code: 302");
        assertThatThrownBy(() -> http(base + "/huge")).hasMessageEndingWith("is larger than 4194304 bytes");
        server.stop(0);
        assertThatThrownBy(() -> http(base + "/config.yaml"))
                .hasMessage("unable to download the file via HTTP GET for uri \"http:" + base
                        + "/config.yaml\": connection refused");
    }

    @Test
    void aHostThatNobodyKnowsIsNamed() {
        assertThatThrownBy(() -> http("//nowhere.invalid/config.yaml"))
                .hasMessage("unable to download the file via HTTP GET for uri \"http://nowhere.invalid/config.yaml\":"
                        + " dial tcp: lookup nowhere.invalid: no such host");
    }

    @Test
    void aWebServerThatKnowsNoTlsIsToldOf() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FutureTask<?> answer = new FutureTask<>(() -> {
                try (Socket socket = listening.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
                    socket.getInputStream().readAllBytes();
                }
                return null;
            });
            Thread.ofVirtual().start(answer);
            String location = "//127.0.0.1:" + listening.getLocalPort() + "/config.yaml";
            assertThatThrownBy(() -> retrieve("https", location))
                    .hasMessageStartingWith(
                            "unable to download the file via HTTP GET for uri \"https:" + location + "\": tls: ");
        }
    }

    @Test
    void metadataServicesAreOutOfReach() {
        assertThatThrownBy(() -> http("//169.254.169.254/latest/meta-data"))
                .isInstanceOf(ProviderException.class)
                .hasMessageEndingWith("is link-local, which is not allowed");
        assertThatThrownBy(() -> http("//[fe80::1]/x")).hasMessageEndingWith("is link-local, which is not allowed");
    }

    @Test
    void nonsenseIsNoUri() {
        assertThatThrownBy(() -> http("// nope")).hasMessage("invalid uri \"http:// nope\"");
        assertThatThrownBy(() -> http("/nope")).hasMessage("invalid uri \"http:/nope\"");
    }

    @Test
    void unreadableFilesSayWhy(@TempDir Path folder) {
        ConfigProvider file = Providers.standard(Map.of()).get("file");
        assertThatThrownBy(() -> file.retrieve(folder.resolve("x").toString()))
                .hasMessageEndingWith(": no such file or directory");
        assertThatThrownBy(() -> file.retrieve(folder.toString()))
                .hasMessageStartingWith("unable to read the file file:" + folder);
        assertThatThrownBy(() ->
                        ConfigSources.text("a", "").providers().get("file").retrieve("b"))
                .hasMessage("no text named b");
    }

    private static void http(String opaque) throws ProviderException {
        retrieve("http", opaque);
    }

    private static void retrieve(String scheme, String opaque) throws ProviderException {
        Providers.standard(Map.of()).get(scheme).retrieve(opaque);
    }

    private void answer(String path, int status, byte[] body) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            } catch (IOException closed) {
                assertThat(body).hasSizeGreaterThan(4 * 1024 * 1024);
            }
        });
    }
}
