package dev.sluice.transport.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.otlp.Bytes;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Loop;
import dev.sluice.transport.tls.ClientTlsConfig;
import dev.sluice.transport.tls.TestCertificates;
import dev.sluice.transport.tls.TlsConfig;
import dev.sluice.transport.tls.TpmConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections are opened, kept and left. */
class GrpcConnectionsTest {
    private static final String PATH = "/a.Service/Method";
    private static final Bytes MESSAGE = Bytes.of("message".getBytes(UTF_8));
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Loop loop = new Loop("otlp");
    private final GrpcServer server = new GrpcServer(loop.vertx());
    private final List<GrpcChannel> channels = new ArrayList<>();
    private GrpcChannel channel = channel(server.endpoint());

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        for (GrpcChannel open : channels) {
            loop.call(open::stop);
            loop.call(open::stop);
        }
        assertThat(loop.surroundings().manualClock().pending()).isZero();
        loop.close();
    }

    @Test
    void allCallsShareOneConnection() {
        List<Future<GrpcReply>> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            calls.add(start());
        }
        for (Future<GrpcReply> call : calls) {
            assertThat(Loop.await(call).code()).isEqualTo(GrpcCode.OK);
        }
        assertThat(server.connections).hasSize(1);
    }

    @Test
    void aDeadlineEndsTheCallAndTheServersWork() {
        Promise<Void> reset = Promise.promise();
        Promise<Void> arrived = Promise.promise();
        server.answer = (request, frame) -> {
            request.exceptionHandler(cause -> reset.tryComplete());
            request.response().exceptionHandler(cause -> reset.tryComplete());
            arrived.complete();
        };
        Future<GrpcReply> call = start();
        Loop.await(arrived.future());
        loop.advance(TIMEOUT.minusNanos(1));
        assertThat(call.isComplete()).isFalse();
        loop.advance(Duration.ofNanos(1));
        assertThat(Loop.await(call))
                .isEqualTo(GrpcReply.failed(GrpcCode.DEADLINE_EXCEEDED, "context deadline exceeded"));
        Loop.await(reset.future());
        server.answer = (request, frame) -> GrpcServer.ok(request, new byte[0]);
        assertThat(call().code()).isEqualTo(GrpcCode.OK);
        assertThat(server.connections).hasSize(1);
    }

    @Test
    void afterGoAwayCallsUnderWayEndAndNewOnesGoToANewConnection() {
        ConcurrentLinkedQueue<HttpServerRequest> waiting = new ConcurrentLinkedQueue<>();
        Promise<Void> arrived = Promise.promise();
        server.answer = (request, frame) -> {
            waiting.add(request);
            arrived.tryComplete();
        };
        Future<GrpcReply> first = start();
        Loop.await(arrived.future());
        goAway(server.connections.getFirst());
        server.answer = (request, frame) -> GrpcServer.ok(request, new byte[0]);
        while (server.connections.size() < 2) {
            assertThat(call()).isEqualTo(GrpcReply.failed(GrpcCode.OK, ""));
        }
        assertThat(first.isComplete()).isFalse();
        HttpServerRequest request = waiting.poll();
        GrpcServer.ok(request, new byte[0]);
        assertThat(Loop.await(first).code()).isEqualTo(GrpcCode.OK);
    }

    @Test
    void aLostConnectionFailsItsCallsAndTheNextCallConnectsAgain() {
        Promise<Void> arrived = Promise.promise();
        server.answer = (request, frame) -> arrived.complete();
        Future<GrpcReply> first = start();
        Loop.await(arrived.future());
        server.connections.getFirst().close();
        assertThat(Loop.await(first).code()).isEqualTo(GrpcCode.UNAVAILABLE);
        server.answer = (request, frame) -> GrpcServer.ok(request, new byte[0]);
        assertThat(call().code()).isEqualTo(GrpcCode.OK);
        assertThat(server.connections).hasSize(2);
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() throws Exception {
        channel = channel("http://127.0.0.1:" + freePort());
        GrpcReply reply = call();
        assertThat(reply.code()).isEqualTo(GrpcCode.UNAVAILABLE);
        assertThat(reply.message()).contains("Connection refused");
        channel = channel("http://nowhere.invalid:4317");
        assertThat(call().code()).isEqualTo(GrpcCode.UNAVAILABLE);
    }

    @Test
    void whoWaitsForReadyIsServedWhenTheServerComes() throws Exception {
        int port = freePort();
        channel = channel("http://127.0.0.1:" + port, "wait_for_ready", true);
        Future<GrpcReply> call = start();
        untilPending(2);
        GrpcServer late = new GrpcServer(
                loop.vertx(), new HttpServerOptions(), SocketAddress.inetSocketAddress(port, "127.0.0.1"));
        loop.advance(Duration.ofSeconds(1));
        assertThat(Loop.await(call).code()).isEqualTo(GrpcCode.OK);
        assertThat(late.calls.getFirst().header("grpc-timeout")).isEqualTo("4000000u");
    }

    @Test
    void whoWaitsForReadyWaitsUntilTheDeadlineAndNoLonger() throws Exception {
        channel = channel("http://127.0.0.1:" + freePort(), "wait_for_ready", true);
        Future<GrpcReply> call = start();
        for (int second = 1; second < 5; second++) {
            untilPending(2);
            loop.advance(Duration.ofSeconds(1));
        }
        assertThat(call.isComplete()).isFalse();
        untilPending(2);
        loop.advance(Duration.ofSeconds(1));
        assertThat(Loop.await(call).code()).isEqualTo(GrpcCode.DEADLINE_EXCEEDED);
    }

    @Test
    void whoWaitsForReadyIsLetGoWhenTheChannelStops() throws Exception {
        channel = channel("http://127.0.0.1:" + freePort(), "wait_for_ready", true);
        Future<GrpcReply> call = loop.start(() -> channel.call(PATH, MESSAGE, Duration.ZERO));
        untilPending(1);
        loop.call(channel::stop);
        assertThat(Loop.await(call)).isEqualTo(GrpcReply.failed(GrpcCode.UNAVAILABLE, "the exporter is stopped"));
    }

    @Test
    void roundRobinServesAllAddressesOfTheName() {
        GrpcServer second = second("127.0.0.2");
        channel = channel("http://1-2.names.test:" + server.port());
        // The first calls may find only the connection that came first.
        while (server.calls.isEmpty() || second.calls.isEmpty()) {
            assertThat(call().code()).isEqualTo(GrpcCode.OK);
        }
        int one = server.calls.size();
        int two = second.calls.size();
        for (int i = 0; i < 10; i++) {
            call();
        }
        assertThat(server.calls).hasSize(one + 5);
        assertThat(second.calls).hasSize(two + 5);
        assertThat(second.calls.getFirst().request().authority()).hasToString("1-2.names.test:" + server.port());
    }

    @Test
    void pickFirstStaysWithTheFirstAddressThatAnswers() {
        GrpcServer second = second("127.0.0.2");
        channel = channel("http://3-2-1.names.test:" + server.port(), "balancer_name", "pick_first");
        for (int i = 0; i < 10; i++) {
            assertThat(call().code()).isEqualTo(GrpcCode.OK);
        }
        assertThat(second.calls).hasSize(10);
        assertThat(server.connections).isEmpty();
    }

    @Test
    void anAddressThatDidNotAnswerIsTriedAgainAfterHalfAMinute() {
        channel = channel("http://1-2.names.test:" + server.port());
        assertThat(call().code()).isEqualTo(GrpcCode.OK);
        untilPending(1);
        GrpcServer second = second("127.0.0.2");
        loop.advance(Duration.ofSeconds(30));
        while (second.calls.isEmpty()) {
            assertThat(call().code()).isEqualTo(GrpcCode.OK);
        }
        second.connections.getFirst().close();
        untilPending(1);
        assertThat(call().code()).isEqualTo(GrpcCode.OK);
        loop.advance(Duration.ofSeconds(30));
        while (second.connections.size() < 2) {
            assertThat(call().code()).isEqualTo(GrpcCode.OK);
        }
    }

    @Test
    void aPingWithoutAnswerClosesTheConnection() {
        // It takes connections and answers nothing, not even pings.
        Promise<NetSocket> connected = Promise.promise();
        Promise<Void> closed = Promise.promise();
        NetServer deaf = loop.vertx().createNetServer().connectHandler(socket -> {
            // An empty SETTINGS frame: the connection is one of HTTP/2.
            socket.write(Buffer.buffer(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0}));
            socket.handler(ignored -> {});
            socket.closeHandler(end -> closed.complete());
            connected.complete(socket);
        });
        Loop.await(deaf.listen(0, "127.0.0.1"));
        channel = channel(
                "http://127.0.0.1:" + deaf.actualPort(),
                "keepalive",
                new GrpcKeepalive(Duration.ofSeconds(1), Duration.ofSeconds(2), false));
        Future<GrpcReply> call = loop.start(() -> channel.call(PATH, MESSAGE, Duration.ZERO));
        Loop.await(connected.future());
        untilPending(1);
        loop.advance(Duration.ofSeconds(10));
        assertThat(call.isComplete()).isFalse();
        loop.advance(Duration.ofSeconds(2));
        assertThat(Loop.await(call).code()).isEqualTo(GrpcCode.UNAVAILABLE);
        Loop.await(closed.future());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void idleConnectionsArePingedIfPermitted(boolean permitted) {
        channel = channel(
                server.endpoint(),
                "keepalive",
                new GrpcKeepalive(Duration.ofSeconds(30), Duration.ofSeconds(2), permitted));
        call();
        Promise<Void> pinged = Promise.promise();
        server.connections.getFirst().pingHandler(data -> pinged.tryComplete());
        // In the first half minute it was heard of.
        loop.advance(Duration.ofSeconds(30));
        assertThat(call().code()).isEqualTo(GrpcCode.OK);
        assertThat(pinged.future().isComplete()).isFalse();
        loop.advance(Duration.ofSeconds(30));
        loop.advance(Duration.ofSeconds(30));
        if (permitted) {
            Loop.await(pinged.future());
            untilPending(1);
        } else {
            assertThat(call().code()).isEqualTo(GrpcCode.OK);
            assertThat(pinged.future().isComplete()).isFalse();
        }
        assertThat(server.connections).hasSize(1);
    }

    @Test
    void callsBeyondTheServersStreamsWaitForTheirTurn() {
        GrpcServer narrow = new GrpcServer(
                loop.vertx(),
                new HttpServerOptions().setInitialSettings(new Http2Settings().setMaxConcurrentStreams(2)),
                SocketAddress.inetSocketAddress(0, "127.0.0.1"));
        channel = channel(narrow.endpoint());
        List<Future<GrpcReply>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(start());
        }
        for (Future<GrpcReply> call : calls) {
            assertThat(Loop.await(call).code()).isEqualTo(GrpcCode.OK);
        }
        assertThat(narrow.connections).hasSize(1);
    }

    @Test
    void bodiesBeyondTheServersWindowsArriveWhole() {
        byte[] large = new byte[8 << 20];
        new Random(3).nextBytes(large);
        List<Bytes> parts = new ArrayList<>();
        for (int at = 0; at < large.length; at += 700_001) {
            parts.add(Bytes.of(large, at, Math.min(700_001, large.length - at)));
        }
        List<Future<GrpcReply>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(loop.start(() -> channel.call(PATH, Bytes.concat(parts), TIMEOUT)));
        }
        for (Future<GrpcReply> call : calls) {
            assertThat(Loop.await(call).code()).isEqualTo(GrpcCode.OK);
        }
        for (GrpcServer.Call call : server.calls) {
            assertThat(Arrays.mismatch(call.message(), large)).isEqualTo(-1);
        }
    }

    @Test
    void stoppingLetsCallsUnderWayEndAndRefusesNewOnes() {
        ConcurrentLinkedQueue<HttpServerRequest> waiting = new ConcurrentLinkedQueue<>();
        Promise<Void> arrived = Promise.promise();
        server.answer = (request, frame) -> {
            waiting.add(request);
            arrived.complete();
        };
        Future<GrpcReply> call = start();
        Loop.await(arrived.future());
        Future<Object> stopped = loop.start(() -> channel.stop().mapEmpty());
        assertThat(call()).isEqualTo(GrpcReply.failed(GrpcCode.UNAVAILABLE, "the exporter is stopped"));
        assertThat(stopped.isComplete()).isFalse();
        HttpServerRequest request = waiting.poll();
        GrpcServer.ok(request, new byte[0]);
        assertThat(Loop.await(call).code()).isEqualTo(GrpcCode.OK);
        Loop.await(stopped);
    }

    @Test
    void serversOfHttp1AreNotTakenForGrpc() {
        NetServer old = loop.vertx()
                .createNetServer()
                .connectHandler(socket ->
                        socket.handler(preface -> socket.end(Buffer.buffer("HTTP/1.1 400 Bad Request\r\n\r\n"))));
        Loop.await(old.listen(0, "127.0.0.1"));
        channel = channel("http://127.0.0.1:" + old.actualPort());
        assertThat(call().code()).isEqualTo(GrpcCode.UNAVAILABLE);
    }

    @Test
    void unixSocketsAreReached() {
        String path = folder.resolve("s").toString();
        GrpcServer local =
                new GrpcServer(loop.vertx(), new HttpServerOptions(), SocketAddress.domainSocketAddress(path));
        channel = channel("unix://" + path, "tls", new ClientTlsConfig(TlsConfig.DEFAULT, true, false, ""));
        assertThat(call().code()).isEqualTo(GrpcCode.OK);
        assertThat(local.calls.getFirst().request().authority()).hasToString("localhost");
    }

    @Test
    void tlsChecksTheServerAndSpeaksHttp2() {
        TestCertificates certificates = TestCertificates.in(folder).issue("server", "EC");
        GrpcServer secure = secure(certificates, false);
        channel = channel(
                "localhost:" + secure.port(), "tls", tls(certificates.ca().toString(), "", "", false, ""));
        assertThat(call().code()).isEqualTo(GrpcCode.OK);
        assertThat(secure.calls.getFirst().request().scheme()).isEqualTo("https");
        // Not signed by a CA that the system knows.
        channel = channel("localhost:" + secure.port(), "tls", tls("", "", "", false, ""));
        assertThat(call().code()).isEqualTo(GrpcCode.UNAVAILABLE);
        channel = channel("https://localhost:" + secure.port(), "tls", tls("", "", "", true, ""));
        assertThat(call().code()).isEqualTo(GrpcCode.OK);
    }

    @Test
    void theNameToExpectMayBeAnother() {
        TestCertificates certificates = TestCertificates.in(folder).issue("server", "EC");
        GrpcServer secure = secure(certificates, false);
        String endpoint = "1.names.test:" + secure.port();
        channel = channel(endpoint, "tls", tls(certificates.ca().toString(), "", "", false, ""));
        assertThat(call().code()).isEqualTo(GrpcCode.UNAVAILABLE);
        channel = channel(endpoint, "tls", tls(certificates.ca().toString(), "", "", false, "localhost"));
        assertThat(call().code()).isEqualTo(GrpcCode.OK);
        assertThat(secure.calls.getFirst().request().authority()).hasToString("localhost:" + secure.port());
    }

    @Test
    void serversThatAskForACertificateGetIt() {
        TestCertificates certificates =
                TestCertificates.in(folder).issue("server", "EC").issue("client", "RSA");
        GrpcServer secure = secure(certificates, true);
        String ca = certificates.ca().toString();
        channel = channel("localhost:" + secure.port(), "tls", tls(ca, "", "", false, ""));
        assertThat(call().code()).isEqualTo(GrpcCode.UNAVAILABLE);
        channel = channel(
                "localhost:" + secure.port(),
                "tls",
                tls(
                        ca,
                        certificates.cert("client").toString(),
                        certificates.key("client").toString(),
                        false,
                        ""));
        assertThat(call().code()).isEqualTo(GrpcCode.OK);
    }

    @Test
    void aNewCaIsTakenAfterTheReloadIntervalAndABadOneIsNot() {
        TestCertificates certificates = TestCertificates.in(folder).issue("server", "EC");
        GrpcServer secure = secure(certificates, false);
        Path ca = folder.resolve("current.pem");
        TestCertificates others = TestCertificates.in(folder(folder, "others"));
        copy(others.ca(), ca);
        channel = channel("localhost:" + secure.port(), "tls", tls(ca.toString(), "", "", false, ""));
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
                tls(folder.resolve("none.pem").toString(), "", "", false, ""));
        GrpcChannel bad = loop.get(() -> new GrpcChannel(config, loop.surroundings()));
        assertThatThrownBy(() -> loop.call(bad::start)).hasMessageContaining("no such file or directory");
        loop.call(bad::stop);
    }

    /** As a server says it first: all streams so far are still served, also those that it has not heard of yet. */
    @SuppressWarnings("deprecation")
    private static void goAway(HttpConnection connection) {
        connection.goAway(0, Integer.MAX_VALUE);
    }

    private GrpcServer second(String host) {
        return new GrpcServer(
                loop.vertx(), new HttpServerOptions(), SocketAddress.inetSocketAddress(server.port(), host));
    }

    private GrpcServer secure(TestCertificates certificates, boolean mutual) {
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(certificates.cert("server").toString())
                        .addKeyPath(certificates.key("server").toString()));
        if (mutual) {
            options.setClientAuth(ClientAuth.REQUIRED)
                    .setTrustOptions(
                            new PemTrustOptions().addCertPath(certificates.ca().toString()));
        }
        return new GrpcServer(loop.vertx(), options, SocketAddress.inetSocketAddress(0, "127.0.0.1"));
    }

    /** Read again every minute. */
    private static ClientTlsConfig tls(String ca, String cert, String key, boolean unchecked, String name) {
        TlsConfig common = new TlsConfig(
                ca,
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
        return new ClientTlsConfig(common, false, unchecked, name);
    }

    private static Path folder(Path folder, String name) {
        try {
            return Files.createDirectory(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Waits until so many timers wait. */
    private void untilPending(int timers) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (loop.get(() -> loop.surroundings().manualClock().pending()) != timers) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** @param options keys and values that differ from the default */
    private GrpcChannel channel(String endpoint, Object... options) {
        GrpcClientConfig config = Configs.with(Configs.with(GrpcClientConfig.DEFAULT, "endpoint", endpoint), options);
        GrpcChannel made = loop.get(() -> new GrpcChannel(config, loop.surroundings()));
        channels.add(made);
        loop.call(made::start);
        return made;
    }

    private Future<GrpcReply> start() {
        return loop.start(() -> channel.call(PATH, MESSAGE, TIMEOUT));
    }

    private GrpcReply call() {
        return Loop.await(start());
    }
}
