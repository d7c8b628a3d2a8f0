package dev.sluice.transport.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.Bytes;
import dev.sluice.testkit.Loop;
import dev.sluice.transport.tls.ClientTlsConfig;
import dev.sluice.transport.tls.TlsConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections are opened, kept and left. */
class GrpcConnectionsTest extends GrpcCalls {
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
    void unixSocketsAreReached(@TempDir Path folder) {
        String path = folder.resolve("s").toString();
        GrpcServer local =
                new GrpcServer(loop.vertx(), new HttpServerOptions(), SocketAddress.domainSocketAddress(path));
        channel = channel("unix://" + path, "tls", new ClientTlsConfig(TlsConfig.DEFAULT, true, false, ""));
        assertThat(call().code()).isEqualTo(GrpcCode.OK);
        assertThat(local.calls.getFirst().request().authority()).hasToString("localhost");
    }

    /** As a server says it first: all streams so far are still served, also those that it has not heard of yet. */
    @SuppressWarnings("deprecation")
    private static void goAway(HttpConnection connection) {
        connection.goAway(0, Integer.MAX_VALUE);
    }
}
