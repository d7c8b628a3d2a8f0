package dev.sluice.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.otlp.Bytes;
import dev.sluice.testkit.Budget;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Loop;
import dev.sluice.transport.server.RawHttp2.Frame;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Tests that speak with a gRPC server frame by frame; it must have given back all bytes at the end. */
abstract class RawGrpc {
    static final String ECHO = "/test.Service/Echo";
    static final String HOLD = "/test.Service/Hold";
    static final byte[] MESSAGE = message(new byte[] {1, 2, 3});

    final Budget budget = new Budget(8 << 20);
    final Loop loop = new Loop("otlp");
    final List<Bytes> messages = new ArrayList<>();
    private final List<Promise<Outcome>> held = new ArrayList<>();
    GrpcListener listener;

    final void listen(GrpcServerKeepalive keepalive) throws Exception {
        loop.surroundings().admission(budget);
        GrpcServerConfig config = Configs.with(GrpcServerConfig.at("127.0.0.1:0", 0), "keepalive", keepalive);
        listener = new GrpcListener(
                config,
                loop.surroundings(),
                Map.of(
                        ECHO,
                        method(message -> {
                            messages.add(message);
                            return Outcome.accepted();
                        }),
                        HOLD,
                        method(message -> {
                            held.add(Promise.promise());
                            return held.getLast().future();
                        })));
        loop.call(listener::start);
    }

    /** Lets the first held call end. */
    final void release() {
        loop.get(() -> held.getFirst().tryComplete(Outcome.ACCEPTED));
    }

    private static UnaryMethod method(java.util.function.Function<Bytes, Future<Outcome>> called) {
        return new UnaryMethod() {
            @Override
            public Future<Outcome> call(Bytes message, Origin origin) {
                return called.apply(message);
            }

            @Override
            public Bytes reply(Outcome.Accepted accepted) {
                return Bytes.EMPTY;
            }
        };
    }

    private static byte[] message(byte[] content) {
        return ByteBuffer.allocate(5 + content.length)
                .put((byte) 0)
                .putInt(content.length)
                .put(content)
                .array();
    }

    @AfterEach
    final void stop() throws Exception {
        Future<?> stopped = loop.get(listener::stop);
        loop.advance(Duration.ofSeconds(10));
        loop.call(() -> stopped);
        assertThat(budget.used()).as("bytes accounted for at the end").isZero();
        assertThat(loop.surroundings().manualClock().pending()).isZero();
        loop.close();
    }

    final RawHttp2 connect() throws Exception {
        RawHttp2 client = new RawHttp2(listener.port());
        answered(client, 1);
        return client;
    }

    /** Makes a good call and reads its answer: the loop has then seen all that came before. */
    static void answered(RawHttp2 client, int stream) throws Exception {
        client.call(stream, ECHO, Map.of()).frame(RawHttp2.DATA, RawHttp2.END_STREAM, stream, MESSAGE);
        Frame data = client.next(RawHttp2.DATA);
        assertThat(data).isNotNull();
        assertThat(data.stream()).isEqualTo(stream);
        client.next(RawHttp2.HEADERS);
    }

    /** The status in trailers that come alone. */
    static String refused(RawHttp2 client, int stream) throws Exception {
        Frame headers = client.next(RawHttp2.HEADERS);
        assertThat(headers).isNotNull();
        assertThat(headers.stream()).isEqualTo(stream);
        assertThat(headers.flags() & RawHttp2.END_STREAM).isEqualTo(RawHttp2.END_STREAM);
        return headers.text();
    }
}
