package dev.sluice.transport.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.sluice.api.ComponentId;
import dev.sluice.api.config.Secret;
import dev.sluice.otlp.Bytes;
import dev.sluice.transport.compression.Compression;
import dev.sluice.transport.compression.Decompressor;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one call sends and what its answer becomes. */
class GrpcChannelTest extends GrpcCalls {
    @Test
    void aCallIsOneFrameWithTheHeadersOfGrpc() {
        server.answer = (request, frame) -> GrpcServer.ok(request, "answer".getBytes(UTF_8));
        GrpcReply reply = call();
        assertThat(reply.code()).isEqualTo(GrpcCode.OK);
        assertThat(reply.message()).isEmpty();
        assertThat(reply.retryDelay()).isNull();
        assertThat(reply.body()).isEqualTo(Bytes.of("answer".getBytes(UTF_8)));
        GrpcServer.Call call = server.calls.getFirst();
        assertThat(call.request().method().name()).isEqualTo("POST");
        assertThat(call.request().path()).isEqualTo(PATH);
        assertThat(call.request().scheme()).isEqualTo("http");
        assertThat(call.request().authority()).hasToString("127.0.0.1:" + server.port());
        assertThat(call.header("content-type")).isEqualTo("application/grpc");
        assertThat(call.header("te")).isEqualTo("trailers");
        assertThat(call.header("user-agent")).startsWith("Sluice/");
        assertThat(call.header("grpc-timeout")).isEqualTo("5000000u");
        assertThat(call.header("grpc-accept-encoding")).isEqualTo("gzip,zstd");
        assertThat(call.header("grpc-encoding")).isNull();
        assertThat(call.frame())
                .isEqualTo(Buffer.buffer().appendByte((byte) 0).appendInt(7).appendBytes(MESSAGE.toByteArray()));
    }

    @Test
    void withoutATimeoutNoneIsTold() {
        GrpcReply reply = loop.call(() -> channel.call(PATH, MESSAGE, Duration.ZERO));
        assertThat(reply.code()).isEqualTo(GrpcCode.OK);
        assertThat(server.calls.getFirst().header("grpc-timeout")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.000000001S,1n",
        "PT0.099999999S,99999999n",
        "PT0.1S,100000u",
        "PT1M40S,100000m",
        "PT27H47M,100020S",
        "PT30H,108000S",
        "P3000D,4320000M",
        "P100000D,2400000H"
    })
    void timeoutsHaveAtMostEightDigits(Duration timeout, String header) {
        assertThat(GrpcChannel.timeout(timeout)).isEqualTo(header);
    }

    @Test
    void configuredHeadersCredentialsAndNamesAreSent() {
        ClientAuthenticator signer = () -> Future.succeededFuture(Map.of("Authorization", "Bearer t"));
        loop.surroundings().extension("signer", signer);
        channel = channel(
                server.endpoint(),
                "headers",
                Map.of("X-Tenant", new Secret("blue"), "Authorization", new Secret("replaced")),
                "authority",
                "collector.example:4317",
                "user_agent",
                "mine/1",
                "auth::authenticator",
                ComponentId.parse("signer"));
        call();
        GrpcServer.Call call = server.calls.getFirst();
        assertThat(call.header("x-tenant")).isEqualTo("blue");
        assertThat(call.header("authorization")).isEqualTo("Bearer t");
        assertThat(call.header("user-agent")).isEqualTo("mine/1");
        assertThat(call.request().authority()).hasToString("collector.example:4317");
    }

    @Test
    void withoutCredentialsACallMayBeTriedAgain() {
        ClientAuthenticator signer = () -> Future.failedFuture("no token yet");
        loop.surroundings().extension("signer", signer);
        channel = channel(server.endpoint(), "auth::authenticator", ComponentId.parse("signer"));
        assertThat(call()).isEqualTo(GrpcReply.failed(GrpcCode.UNAVAILABLE, "no token yet"));
        assertThat(server.calls).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "SNAPPY", "ZSTD"})
    void compressedMessagesSayHowAndAreReadByThatFormat(Compression compression) {
        channel = channel(server.endpoint(), "compression", compression.key());
        byte[] body = new byte[200_000];
        new Random(1).nextBytes(body);
        Arrays.fill(body, 0, 100_000, (byte) 'x');
        assertThat(call(Bytes.of(body)).code()).isEqualTo(GrpcCode.OK);
        GrpcServer.Call call = server.calls.getFirst();
        assertThat(call.header("grpc-encoding")).isEqualTo(compression.key());
        assertThat(call.frame().getByte(0)).isEqualTo((byte) 1);
        assertThat(call.frame().getInt(1)).isEqualTo(call.frame().length() - 5);
        Decompressor decompressor = new Decompressor(loop.surroundings());
        Bytes decoded = decompressor
                .decompress(compression.overGrpc(), Bytes.of(call.message()), body.length, bytes -> true)
                .result();
        assertThat(Arrays.mismatch(decoded.toByteArray(), body)).isEqualTo(-1);
        decompressor.close();
    }

    @Test
    void ropesArriveWhole() {
        List<Bytes> parts = new ArrayList<>();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        Random random = new Random(2);
        for (int i = 0; i < 300; i++) {
            byte[] part = new byte[1 + random.nextInt(5_000)];
            random.nextBytes(part);
            int from = random.nextInt(part.length);
            parts.add(Bytes.of(part, from, part.length - from));
            whole.write(part, from, part.length - from);
        }
        assertThat(call(Bytes.concat(parts)).code()).isEqualTo(GrpcCode.OK);
        assertThat(Arrays.mismatch(server.calls.getFirst().message(), whole.toByteArray()))
                .isEqualTo(-1);
        assertThat(call(Bytes.EMPTY).code()).isEqualTo(GrpcCode.OK);
        assertThat(server.calls.getLast().message()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1,CANCELLED",
        "2,UNKNOWN",
        "3,INVALID_ARGUMENT",
        "4,DEADLINE_EXCEEDED",
        "5,NOT_FOUND",
        "6,ALREADY_EXISTS",
        "7,PERMISSION_DENIED",
        "8,RESOURCE_EXHAUSTED",
        "9,FAILED_PRECONDITION",
        "10,ABORTED",
        "11,OUT_OF_RANGE",
        "12,UNIMPLEMENTED",
        "13,INTERNAL",
        "14,UNAVAILABLE",
        "15,DATA_LOSS",
        "16,UNAUTHENTICATED"
    })
    void everyCodeComesBackFromTrailersOnly(String number, GrpcCode code) {
        server.answer = (request, frame) -> GrpcServer.refuse(request, number, "why %E2%9C%93 100%25 %zz %", "");
        GrpcReply reply = call();
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.message()).isEqualTo("why ✓ 100% %zz %");
        assertThat(reply.body().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "-1", "x"})
    void codesThereAreNoneOfAreUnknown(String code) {
        server.answer = (request, frame) -> GrpcServer.refuse(request, code, "", "");
        assertThat(call().code()).isEqualTo(GrpcCode.UNKNOWN);
    }

    @Test
    void trailersBehindAMessageCountForMoreThanTheMessage() {
        server.answer = (request, frame) -> {
            request.response()
                    .putHeader("content-type", "application/grpc")
                    .putTrailer("grpc-status", "8")
                    .putTrailer("grpc-message", "full");
            request.response().end(Buffer.buffer(new byte[] {0, 0, 0, 0, 1, 7}));
        };
        assertThat(call()).isEqualTo(GrpcReply.failed(GrpcCode.RESOURCE_EXHAUSTED, "full"));
    }

    @Test
    void retryInfoIsReadWithAndWithoutPadding() {
        ByteString delay = com.google.protobuf.Duration.newBuilder()
                .setSeconds(3)
                .setNanos(500_000_000)
                .build()
                .toByteString();
        byte[] info = Buffer.buffer()
                .appendByte((byte) 0x0a)
                .appendByte((byte) delay.size())
                .appendBytes(delay.toByteArray())
                .getBytes();
        byte[] any = Any.newBuilder()
                .setTypeUrl("type.googleapis.com/google.rpc.RetryInfo")
                .setValue(ByteString.copyFrom(info))
                .build()
                .toByteArray();
        byte[] status = Buffer.buffer()
                .appendBytes(new byte[] {8, 14, 0x1a, (byte) any.length})
                .appendBytes(any)
                .getBytes();
        for (Base64.Encoder encoder :
                List.of(Base64.getEncoder(), Base64.getEncoder().withoutPadding())) {
            server.answer =
                    (request, frame) -> GrpcServer.refuse(request, "14", "later", encoder.encodeToString(status));
            assertThat(call().retryDelay()).isEqualTo(Duration.ofMillis(3_500));
        }
        server.answer = (request, frame) -> GrpcServer.refuse(request, "14", "later", "!");
        assertThat(call().retryDelay()).isNull();
    }

    @Test
    void compressedAnswersAreRead() throws IOException {
        byte[] answer = "answer answer answer".getBytes(UTF_8);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(answer);
        }
        Map<String, byte[]> bodies = Map.of("gzip", gzip.toByteArray(), "zstd", Zstd.compress(answer));
        bodies.forEach((encoding, body) -> {
            server.answer = (request, frame) -> {
                request.response().putHeader("grpc-encoding", encoding);
                GrpcServer.ok(request, 1, body);
            };
            assertThat(call().body()).isEqualTo(Bytes.of(answer));
        });
    }

    @Test
    void anAnswerThatCannotBeReadIsStillASuccess() {
        server.answer = (request, frame) -> {
            request.response().putHeader("grpc-encoding", "br");
            GrpcServer.ok(request, 1, MESSAGE.toByteArray());
        };
        assertThat(call()).isEqualTo(GrpcReply.failed(GrpcCode.OK, ""));
        server.answer = (request, frame) -> {
            request.response().putHeader("grpc-encoding", "gzip");
            GrpcServer.ok(request, 1, MESSAGE.toByteArray());
        };
        assertThat(call()).isEqualTo(GrpcReply.failed(GrpcCode.OK, ""));
        server.answer = (request, frame) -> {
            request.response().putTrailer("grpc-status", "0");
            request.response().putHeader("content-type", "application/grpc").end("abc");
        };
        assertThat(call()).isEqualTo(GrpcReply.failed(GrpcCode.OK, ""));
    }

    @Test
    void anAnswerBeyond64KibibytesEndsTheCall() {
        server.answer = (request, frame) -> GrpcServer.ok(request, new byte[100_000]);
        assertThat(call()).isEqualTo(GrpcReply.failed(GrpcCode.UNKNOWN, "response is larger than 65536 bytes"));
        server.answer = (request, frame) -> GrpcServer.ok(request, new byte[60_000]);
        assertThat(call().body().length()).isEqualTo(60_000);
    }

    @ParameterizedTest
    @CsvSource({
        "400,INTERNAL",
        "401,UNAUTHENTICATED",
        "403,PERMISSION_DENIED",
        "404,UNIMPLEMENTED",
        "429,UNAVAILABLE",
        "502,UNAVAILABLE",
        "503,UNAVAILABLE",
        "504,UNAVAILABLE",
        "500,UNKNOWN"
    })
    void answersThatAreNoGrpcAreMappedByTheirStatus(int status, GrpcCode code) {
        server.answer =
                (request, frame) -> request.response().setStatusCode(status).end("proxy says no");
        assertThat(call())
                .isEqualTo(GrpcReply.failed(code, "unexpected HTTP status code received from server: " + status));
    }

    @Test
    void anAnswerWithoutStatusIsUnknown() {
        server.answer = (request, frame) -> request.response().end();
        assertThat(call())
                .isEqualTo(GrpcReply.failed(GrpcCode.UNKNOWN, "server closed the stream without sending trailers"));
    }

    @Test
    void aResetStreamIsUnavailable() {
        server.answer = (request, frame) -> request.response().reset(7);
        assertThat(call())
                .isEqualTo(
                        GrpcReply.failed(GrpcCode.UNAVAILABLE, "stream terminated by RST_STREAM with error code: 7"));
    }
}
