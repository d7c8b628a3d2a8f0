package dev.sluice.transport.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Loop;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which server a call goes to, and what becomes of it where nobody answers. */
class GrpcAddressesTest extends GrpcCalls {
    @Test
    void aServerThatIsNotThereIsUnavailable() throws Exception {
        int port = freePort();
        channel = channel("http://127.0.0.1:" + port);
        GrpcReply reply = call();
        assertThat(reply.code()).isEqualTo(GrpcCode.UNAVAILABLE);
        assertThat(reply.message()).isEqualTo("dial tcp 127.0.0.1:" + port + ": connect: connection refused");
        channel = channel("http://nowhere.invalid:4317");
        reply = call();
        assertThat(reply.code()).isEqualTo(GrpcCode.UNAVAILABLE);
        assertThat(reply.message()).isEqualTo("dial tcp: lookup nowhere.invalid: no such host");
        channel = channel("http://[::1]:" + port);
        assertThat(call().message()).startsWith("dial tcp [");
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

    private GrpcServer second(String host) {
        return new GrpcServer(
                loop.vertx(), new HttpServerOptions(), SocketAddress.inetSocketAddress(server.port(), host));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
