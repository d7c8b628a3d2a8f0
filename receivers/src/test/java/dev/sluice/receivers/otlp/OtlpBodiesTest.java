package dev.sluice.receivers.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Budget;
import dev.sluice.testkit.Requests;
import dev.sluice.transport.client.GrpcChannel;
import dev.sluice.transport.client.GrpcCode;
import dev.sluice.transport.client.GrpcReply;
import dev.sluice.transport.compression.Compression;
import dev.sluice.transport.compression.Compressor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are compressed, large, hostile, or too many. */
class OtlpBodiesTest {
    private static final String PROTO = "application/x-protobuf";

    /** A request of so many spans. */
    private static Bytes spans(int count) {
        List<Bytes> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(Requests.numbered(Signal.TRACES, i).wire());
        }
        return Bytes.of(Bytes.concat(all).toByteArray());
    }

    private static byte[] compressed(Receiving receiving, Compression how, Bytes body) throws Exception {
        return receiving
                .loop
                .call(() ->
                        new Compressor(how, Compression.DEFAULT_LEVEL, receiving.loop.surroundings()).compress(body))
                .toByteArray();
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void takesEveryEncodingOverHttp(Compression how) throws Exception {
        Bytes request = spans(1_000);
        try (Receiving receiving = new Receiving()) {
            byte[] body = compressed(receiving, how, request);
            HttpResponse<byte[]> response = how == Compression.NONE
                    ? receiving.post("/v1/traces", PROTO, body)
                    : receiving.post("/v1/traces", PROTO, body, "content-encoding", how.key());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(receiving.next.batches().getFirst().wire()).isEqualTo(request);
            assertThat(receiving.next.batches().getFirst().items()).isEqualTo(1_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void takesCompressedMessagesOverGrpc(String how) throws Exception {
        Bytes request = spans(1_000);
        try (Receiving receiving = new Receiving()) {
            GrpcChannel client = receiving.channel(how);
            GrpcReply reply = receiving.loop.call(() ->
                    client.start().compose(_ -> client.call(Receiving.method(Signal.TRACES), request, Duration.ZERO)));
            assertThat(reply.code()).isEqualTo(GrpcCode.OK);
            assertThat(receiving.next.batches().getFirst().wire()).isEqualTo(request);
            receiving.loop.call(client::stop);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void refusesBombsAndGivesAllMemoryBack(Compression how) throws Exception {
        Budget budget = new Budget(256L << 20);
        try (Receiving receiving =
                new Receiving(Receiving.GRPC, Receiving.HTTP, EnumSet.allOf(Signal.class), null, budget)) {
            byte[] bomb = compressed(receiving, how, Bytes.of(new byte[64 << 20]));
            HttpResponse<byte[]> response = receiving.post("/v1/traces", PROTO, bomb, "content-encoding", how.key());
            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(response.headers().firstValue("retry-after")).isEmpty();
            assertThat(budget.used()).isZero();
        }
    }

    @Test
    void refusesASnappyBodyThatSaysItIsHuge() throws Exception {
        try (Receiving receiving = new Receiving()) {
            byte[] lie = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 15, 0, 1};
            HttpResponse<byte[]> response = receiving.post("/v1/traces", PROTO, lie, "content-encoding", "snappy");
            assertThat(response.statusCode()).isIn(400, 413);
        }
    }

    /** Nothing that comes from outside is a bug of ours: no 5xx, whatever the bytes are (reliability.md, 6: 13). */
    @Test
    void answersAnyBytesWithA4xx() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        byte[] good = spans(3).toByteArray();
        Budget budget = new Budget(64L << 20);
        try (Receiving receiving =
                new Receiving(Receiving.GRPC, Receiving.HTTP, EnumSet.allOf(Signal.class), null, budget)) {
            String[] encodings = {"gzip", "zstd", "zlib", "snappy", "deflate", "lz4", "x-snappy-framed"};
            for (int i = 0; i < 400; i++) {
                byte[] body = Arrays.copyOf(good, random.nextInt(good.length) + 1);
                for (int flips = random.nextInt(8); flips >= 0; flips--) {
                    body[random.nextInt(body.length)] = (byte) random.nextInt();
                }
                boolean json = i % 5 == 1;
                if (json) {
                    body = ("{\"resourceSpans\":[" + new String(body, StandardCharsets.ISO_8859_1))
                            .getBytes(StandardCharsets.UTF_8);
                }
                HttpResponse<byte[]> response = i % 5 == 0
                        ? receiving.post("/v1/traces", PROTO, body, "content-encoding", encodings[i / 5 % 7])
                        : receiving.post("/v1/traces", json ? "application/json" : PROTO, body);
                assertThat(response.statusCode()).as("request %s", i).isIn(200, 400, 413);
                GrpcReply reply = receiving.grpc(Signal.TRACES, body);
                assertThat(reply.code()).as("call %s", i).isIn(GrpcCode.OK, GrpcCode.INVALID_ARGUMENT);
            }
            assertThat(budget.used()).isZero();
        }
    }

    @Test
    void chargesWhatABodyGrowsToAndRefusesWhereThereIsNoRoom() throws Exception {
        Bytes request = spans(2_000);
        Budget budget = new Budget(request.length() - 1);
        try (Receiving receiving =
                new Receiving(Receiving.GRPC, Receiving.HTTP, EnumSet.allOf(Signal.class), null, budget)) {
            byte[] zipped = compressed(receiving, Compression.GZIP, request);
            assertThat(zipped.length).isLessThan(request.length() / 2);
            HttpResponse<byte[]> response = receiving.post("/v1/traces", PROTO, zipped, "content-encoding", "gzip");
            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(response.headers().firstValue("retry-after")).contains("1");
            GrpcReply reply = receiving.grpc(Signal.TRACES, request.toByteArray());
            assertThat(reply.code()).isEqualTo(GrpcCode.RESOURCE_EXHAUSTED);
            assertThat(reply.retryDelay()).isEqualTo(Duration.ofSeconds(1));
            assertThat(receiving.next.batches()).isEmpty();
            assertThat(budget.used()).isZero();
        }
    }
}
