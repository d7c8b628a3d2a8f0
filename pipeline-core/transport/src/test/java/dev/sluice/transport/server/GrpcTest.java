package dev.sluice.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.otlp.Bytes;
import dev.sluice.testkit.Loop;
import dev.sluice.transport.client.GrpcChannel;
import dev.sluice.transport.client.GrpcClientConfig;
import dev.sluice.transport.client.GrpcCode;
import dev.sluice.transport.client.GrpcReply;
import dev.sluice.transport.tls.ClientTlsConfig;
import dev.sluice.transport.tls.TlsConfig;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gRPC server against the gRPC client of the same house, which has its own tests against others. */
class GrpcTest {
    private static final String ECHO = "/test.Service/Echo";

    private final Loop loop = new Loop("otlp");
    private final List<Bytes> messages = new ArrayList<>();
    private final List<Origin> origins = new ArrayList<>();
    private final Deque<Future<Outcome>> script = new ArrayDeque<>();
    private GrpcListener listener = listener(GrpcServerConfig.at("127.0.0.1:0", 0));

    private GrpcListener listener(GrpcServerConfig config) {
        return new GrpcListener(config, loop.surroundings(), Map.of(ECHO, new UnaryMethod() {
            @Override
            public Future<Outcome> call(Bytes message, Origin origin) {
                messages.add(message);
                origins.add(origin);
                return script.isEmpty() ? Outcome.accepted() : script.poll();
            }

            @Override
            public Bytes reply(Outcome.Accepted accepted) {
                return Bytes.of(accepted.message().getBytes(StandardCharsets.UTF_8));
            }
        }));
    }

    @BeforeEach
    void listen() throws Exception {
        loop.call(listener::start);
    }

    @AfterEach
    void stop() throws Exception {
        Future<?> stopped = loop.get(listener::stop);
        loop.advance(Duration.ofSeconds(10));
        loop.call(() -> stopped);
        loop.close();
    }

    private GrpcChannel client(String compression) {
        GrpcClientConfig config = new GrpcClientConfig(
                "http://127.0.0.1:" + listener.port(),
                compression,
                new ClientTlsConfig(TlsConfig.DEFAULT, true, false, ""),
                null,
                0,
                0,
                false,
                Map.of(),
                "round_robin",
                "",
                "",
                null,
                List.of());
        return new GrpcChannel(config, loop.surroundings());
    }

    private GrpcReply call(GrpcChannel client, String path, byte[] message) throws Exception {
        return loop.call(() -> client.start().compose(_ -> client.call(path, Bytes.of(message), Duration.ZERO)));
    }

    private static byte[] text(int length) {
        byte[] text = new byte[length];
        SplittableRandom random = new SplittableRandom(length);
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ('a' + random.nextInt(16));
        }
        return text;
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "zstd"})
    void takesMessagesOfAnySizeAndCompression(String compression) throws Exception {
        GrpcChannel client = client(compression);
        for (int length : new int[] {0, 1, 1_000, 16_379, 16_384, 50_000, 1_000_000, 4 << 20}) {
            byte[] message = text(length);
            assertThat(call(client, ECHO, message).code())
                    .as("%s bytes", length)
                    .isEqualTo(GrpcCode.OK);
            assertThat(messages.removeLast().toByteArray()).isEqualTo(message);
        }
        loop.call(client::stop);
    }

    @Test
    void answersEachOutcomeWithItsCode() throws Exception {
        GrpcChannel client = client("none");
        script.add(Future.succeededFuture(new Outcome.Accepted(1, "a reply")));
        assertThat(new String(call(client, ECHO, text(5)).body().toByteArray(), StandardCharsets.UTF_8))
                .isEqualTo("a reply");
        Map<Outcome.Reason, GrpcCode> permanent = Map.of(
                Outcome.Reason.INVALID, GrpcCode.INVALID_ARGUMENT,
                Outcome.Reason.TOO_LARGE, GrpcCode.RESOURCE_EXHAUSTED,
                Outcome.Reason.UNAUTHENTICATED, GrpcCode.UNAUTHENTICATED,
                Outcome.Reason.FORBIDDEN, GrpcCode.PERMISSION_DENIED);
        for (Map.Entry<Outcome.Reason, GrpcCode> each : permanent.entrySet()) {
            script.add(Future.succeededFuture(Outcome.permanent(each.getKey(), "100 % nö\n")));
            GrpcReply reply = call(client, ECHO, text(5));
            assertThat(reply.code()).isEqualTo(each.getValue());
            assertThat(reply.message()).isEqualTo("100 % nö\n");
            assertThat(reply.retryDelay()).isNull();
        }
        Map<Outcome.Reason, GrpcCode> later = Map.of(
                Outcome.Reason.OVERLOADED, GrpcCode.RESOURCE_EXHAUSTED,
                Outcome.Reason.UNAVAILABLE, GrpcCode.UNAVAILABLE);
        for (Map.Entry<Outcome.Reason, GrpcCode> each : later.entrySet()) {
            script.add(Future.succeededFuture(Outcome.retryable(each.getKey(), "not now", Duration.ofMillis(2_500))));
            GrpcReply reply = call(client, ECHO, text(5));
            assertThat(reply.code()).isEqualTo(each.getValue());
            assertThat(reply.retryDelay()).isEqualTo(Duration.ofMillis(2_500));
        }
        script.add(Future.failedFuture(new StatusException(RpcStatus.of(GrpcCode.NOT_FOUND, 404, "no such thing"))));
        GrpcReply missing = call(client, ECHO, text(5));
        assertThat(missing.code()).isEqualTo(GrpcCode.NOT_FOUND);
        assertThat(missing.message()).isEqualTo("no such thing");
        script.add(Future.failedFuture(new IllegalStateException("bug")));
        assertThat(call(client, ECHO, text(5)).code()).isEqualTo(GrpcCode.INTERNAL);
        loop.call(client::stop);
    }

    @Test
    void refusesWhatItDoesNotKnowAndWhatIsTooLarge() throws Exception {
        GrpcChannel client = client("none");
        GrpcReply method = call(client, "/test.Service/Other", text(5));
        assertThat(method.code()).isEqualTo(GrpcCode.UNIMPLEMENTED);
        assertThat(method.message()).isEqualTo("unknown method Other for service test.Service");
        assertThat(call(client, "/other.Service/Echo", text(5)).message()).isEqualTo("unknown service other.Service");
        GrpcReply large = call(client, ECHO, text((4 << 20) + 1));
        assertThat(large.code()).isEqualTo(GrpcCode.RESOURCE_EXHAUSTED);
        assertThat(large.retryDelay()).isNull();
        assertThat(large.message()).isEqualTo("grpc: received message larger than max (4194305 vs. 4194304)");
        GrpcChannel zipped = client("gzip");
        GrpcReply bomb = call(zipped, ECHO, text((4 << 20) + 1));
        assertThat(bomb.code()).isEqualTo(GrpcCode.RESOURCE_EXHAUSTED);
        assertThat(bomb.message()).isEqualTo("grpc: received message after decompression larger than max 4194304");
        assertThat(messages).isEmpty();
        assertThat(call(client, ECHO, text(5)).code()).isEqualTo(GrpcCode.OK);
        loop.call(client::stop);
        loop.call(zipped::stop);
    }
}
