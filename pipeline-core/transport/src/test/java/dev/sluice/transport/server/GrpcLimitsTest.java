package dev.sluice.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.transport.server.GrpcServerKeepalive.EnforcementPolicy;
import dev.sluice.transport.server.GrpcServerKeepalive.ServerParameters;
import dev.sluice.transport.server.RawHttp2.Frame;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may not do to a gRPC server, byte by byte (reliability.md, 3.1). */
class GrpcLimitsTest extends RawGrpc {
    private static final int ENHANCE_YOUR_CALM = 11;

    @Test
    void endsCallsThatTakeTooLong() throws Exception {
        listen(GrpcServerKeepalive.DEFAULT);
        try (RawHttp2 client = connect()) {
            client.call(3, HOLD, Map.of("grpc-timeout", "2S")).frame(RawHttp2.DATA, RawHttp2.END_STREAM, 3, MESSAGE);
            client.call(5, ECHO, Map.of()).frame(RawHttp2.DATA, 0, 5, new byte[] {0, 0, 0, 0, 9, 1});
            answered(client, 7);
            loop.advance(Duration.ofSeconds(3));
            refused(client, 3);
            assertThat(budget.used()).isEqualTo(3 + 9);
            loop.advance(Duration.ofSeconds(29));
            refused(client, 5);
            assertThat(budget.used()).isEqualTo(3);
            release();
        }
    }

    @Test
    void closesConnectionsOfAge() throws Exception {
        listen(new GrpcServerKeepalive(
                new ServerParameters(
                        Duration.ZERO, Duration.ofMinutes(1), Duration.ofSeconds(20), Duration.ZERO, Duration.ZERO),
                EnforcementPolicy.DEFAULT));
        try (RawHttp2 client = connect();
                RawHttp2 stubborn = connect()) {
            stubborn.call(3, HOLD, Map.of()).frame(RawHttp2.DATA, RawHttp2.END_STREAM, 3, MESSAGE);
            answered(stubborn, 5);
            loop.advance(Duration.ofSeconds(67));
            Frame warning = client.next(RawHttp2.GOAWAY);
            assertThat(warning.errorCode()).isZero();
            assertThat(warning.lastStream()).isEqualTo(Integer.MAX_VALUE);
            assertThat(client.next(RawHttp2.GOAWAY).lastStream()).isEqualTo(1);
            assertThat(client.ended()).isTrue();
            loop.advance(Duration.ofSeconds(30));
            assertThat(stubborn.ended()).isTrue();
            release();
        }
    }

    @Test
    void closesConnectionsThatDoNotAnswerPings() throws Exception {
        listen(new GrpcServerKeepalive(
                new ServerParameters(
                        Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(30), Duration.ofSeconds(5)),
                EnforcementPolicy.DEFAULT));
        try (RawHttp2 alive = connect();
                RawHttp2 dead = connect()) {
            int stream = 3;
            for (int i = 0; i < 3; i++) {
                loop.advance(Duration.ofSeconds(i == 0 ? 31 : 26));
                Frame ping = alive.next(RawHttp2.PING);
                alive.frame(RawHttp2.PING, RawHttp2.ACK, 0, ping.payload().array());
                answered(alive, stream);
                stream += 2;
                loop.advance(Duration.ofSeconds(5));
                assertThat(dead.ended()).isTrue();
            }
        }
    }

    @Test
    void closesConnectionsWithoutCalls() throws Exception {
        listen(new GrpcServerKeepalive(
                new ServerParameters(Duration.ofMinutes(5), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                EnforcementPolicy.DEFAULT));
        try (RawHttp2 idle = connect();
                RawHttp2 busy = connect()) {
            busy.call(3, HOLD, Map.of()).frame(RawHttp2.DATA, RawHttp2.END_STREAM, 3, MESSAGE);
            answered(busy, 5);
            loop.advance(Duration.ofMinutes(4));
            answered(idle, 3);
            loop.advance(Duration.ofMinutes(4));
            answered(idle, 5);
            loop.advance(Duration.ofMinutes(6));
            assertThat(idle.next(RawHttp2.GOAWAY)).isNotNull();
            answered(busy, 7);
            release();
        }
    }

    @Test
    void cutsOffClientsThatPingTooOften() throws Exception {
        listen(GrpcServerKeepalive.DEFAULT);
        try (RawHttp2 client = connect()) {
            for (int i = 0; i < 4; i++) {
                client.frame(RawHttp2.PING, 0, 0, new byte[8]);
            }
            Frame goAway = client.next(RawHttp2.GOAWAY);
            assertThat(goAway.errorCode()).isEqualTo(ENHANCE_YOUR_CALM);
            assertThat(goAway.text()).endsWith("too_many_pings");
            assertThat(client.ended()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "error", "ping", "settings", "priority", "continuation", "empty"})
    void cutsOffFloods(String kind) throws Exception {
        listen(GrpcServerKeepalive.DEFAULT);
        try (RawHttp2 client = connect()) {
            ByteArrayOutputStream flood = new ByteArrayOutputStream();
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            for (String[] header : new String[][] {
                {":method", "POST"}, {":scheme", "http"}, {":path", ECHO}, {"content-type", "application/grpc"}
            }) {
                RawHttp2.header(block, header[0], header[1]);
            }
            byte[] headers = block.toByteArray();
            for (int i = 0; i < 1_100; i++) {
                int stream = 3 + 2 * i;
                switch (kind) {
                    case "reset" -> {
                        flood.writeBytes(RawHttp2.bytes(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, headers));
                        flood.writeBytes(RawHttp2.bytes(RawHttp2.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}));
                    }
                    case "error" -> {
                        flood.writeBytes(RawHttp2.bytes(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, headers));
                        flood.writeBytes(RawHttp2.bytes(RawHttp2.WINDOW_UPDATE, 0, stream, new byte[4]));
                    }
                    case "ping" -> flood.writeBytes(RawHttp2.bytes(RawHttp2.PING, 0, 0, new byte[8]));
                    case "settings" -> flood.writeBytes(RawHttp2.bytes(RawHttp2.SETTINGS, 0, 0, new byte[0]));
                    case "priority" ->
                        flood.writeBytes(RawHttp2.bytes(RawHttp2.PRIORITY, 0, 3, new byte[] {0, 0, 0, 0, 1}));
                    case "continuation" ->
                        flood.writeBytes(
                                i == 0
                                        ? RawHttp2.bytes(RawHttp2.HEADERS, 0, 3, headers)
                                        : RawHttp2.bytes(RawHttp2.CONTINUATION, 0, 3, new byte[0]));
                    default ->
                        flood.writeBytes(
                                i == 0
                                        ? RawHttp2.bytes(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 3, headers)
                                        : RawHttp2.bytes(RawHttp2.DATA, 0, 3, new byte[0]));
                }
            }
            try {
                client.raw(flood.toByteArray());
            } catch (java.net.SocketException cutOff) {
                // It may be cut off while it still writes.
                assertThat(cutOff).isNotNull();
            }
            assertThat(client.ended()).isTrue();
        }
        try (RawHttp2 other = connect()) {
            answered(other, 3);
        }
    }

    @Test
    void refusesHeadersThatAreTooLargeAndWhatIsNoHttp2() throws Exception {
        listen(GrpcServerKeepalive.DEFAULT);
        try (RawHttp2 client = connect();
                RawHttp old = new RawHttp(listener.port())) {
            client.call(3, ECHO, Map.of("x", "x".repeat(9_000)));
            Frame frame = client.read();
            assertThat(frame.type()).isIn(RawHttp2.HEADERS, RawHttp2.RST_STREAM);
            assertThat(old.send("GET / HTTP/1.1\nhost: x\n\n").ended()).isTrue();
        }
    }

    @Test
    void letsCallsEndWhenItStopsAndGivesUpUnfinishedOnes() throws Exception {
        listen(GrpcServerKeepalive.DEFAULT);
        try (RawHttp2 client = connect()) {
            client.call(3, HOLD, Map.of()).frame(RawHttp2.DATA, RawHttp2.END_STREAM, 3, MESSAGE);
            client.call(5, ECHO, Map.of()).frame(RawHttp2.DATA, 0, 5, new byte[] {0, 0, 0, 0, 9, 1});
            answered(client, 7);
            Future<?> stopped = loop.get(listener::stop);
            assertThat(client.next(RawHttp2.GOAWAY).lastStream()).isEqualTo(Integer.MAX_VALUE);
            loop.advance(Duration.ofSeconds(6));
            assertThat(client.next(RawHttp2.GOAWAY).lastStream()).isEqualTo(7);
            refused(client, 5);
            assertThat(stopped.isComplete()).isFalse();
            release();
            assertThat(client.next(RawHttp2.DATA).stream()).isEqualTo(3);
            client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 5, new byte[0]);
            assertThat(client.ended()).isTrue();
            loop.call(() -> stopped);
        }
    }
}
