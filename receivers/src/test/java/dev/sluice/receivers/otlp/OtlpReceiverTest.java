package dev.sluice.receivers.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Admission;
import dev.sluice.api.Outcome;
import dev.sluice.api.config.Secret;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.json.OtlpJson;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.ReceiverContract;
import dev.sluice.testkit.ReceiverContract.Answer;
import dev.sluice.testkit.Requests;
import dev.sluice.transport.client.GrpcChannel;
import dev.sluice.transport.client.GrpcCode;
import dev.sluice.transport.client.GrpcReply;
import dev.sluice.transport.client.PartialSuccess;
import io.vertx.core.Future;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OtlpReceiverTest {
    private static final String PROTO = "application/x-protobuf";
    private static final String JSON = "application/json";

    private static byte[] span(long number) {
        return Requests.numbered(Signal.TRACES, number).wire().toByteArray();
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void losesAndDoublesNothingOverGrpc(Signal signal) throws Exception {
        ReceiverContract contract = new ReceiverContract(signal, 11);
        try (Receiving receiving = new Receiving(
                Receiving.GRPC, Receiving.HTTP, EnumSet.of(signal), contract.next(), Admission.UNBOUNDED)) {
            contract.check(300, request -> {
                GrpcReply reply = receiving.grpc(signal, request.toByteArray());
                return switch (reply.code()) {
                    case OK -> Answer.TAKEN;
                    case INVALID_ARGUMENT -> Answer.GIVE_UP;
                    case RESOURCE_EXHAUSTED, UNAVAILABLE -> {
                        assertThat(reply.retryDelay()).isEqualTo(Duration.ofMillis(1));
                        yield Answer.SEND_AGAIN;
                    }
                    default -> throw new AssertionError(reply);
                };
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void losesAndDoublesNothingOverHttp(Signal signal) throws Exception {
        ReceiverContract contract = new ReceiverContract(signal, 12);
        try (Receiving receiving = new Receiving(
                Receiving.GRPC, Receiving.HTTP, EnumSet.of(signal), contract.next(), Admission.UNBOUNDED)) {
            contract.check(300, request -> {
                byte[] written = OtlpJson.encode(signal, request);
                // An id of zeros is written as none; such a request goes as protobuf.
                boolean json = request.hashCode() % 2 == 0
                        && OtlpJson.decode(signal, Bytes.of(written)).equals(request);
                byte[] body = json ? written : request.toByteArray();
                HttpResponse<byte[]> response = receiving.post("/v1/" + signal.key(), json ? JSON : PROTO, body);
                assertThat(response.headers().firstValue("content-type")).contains(json ? JSON : PROTO);
                return switch (response.statusCode()) {
                    case 200 -> Answer.TAKEN;
                    case 400 -> Answer.GIVE_UP;
                    case 429, 503 -> {
                        assertThat(response.headers().firstValue("retry-after")).contains("1");
                        yield Answer.SEND_AGAIN;
                    }
                    default -> throw new AssertionError(response);
                };
            });
        }
    }

    @Test
    void passesOnTheBytesAsTheyCame() throws Exception {
        try (Receiving receiving = new Receiving()) {
            byte[] request = span(7);
            assertThat(receiving.grpc(Signal.TRACES, request).code()).isEqualTo(GrpcCode.OK);
            assertThat(receiving.post("/v1/traces", PROTO, request).statusCode())
                    .isEqualTo(200);
            assertThat(receiving.next.batches()).hasSize(2).allSatisfy(batch -> {
                assertThat(batch.wire().toByteArray()).isEqualTo(request);
                assertThat(batch.wire().sliceCount()).isEqualTo(1);
                assertThat(batch.items()).isEqualTo(1);
                assertThat(batch.origin().peer()).isEqualTo("127.0.0.1");
            });
            assertThat(receiving.next.batches().get(0).origin().transport()).isEqualTo("grpc");
            assertThat(receiving.next.batches().get(1).origin().transport()).isEqualTo("http");
        }
    }

    @Test
    void answersEmptyRequestsWithoutAskingThePipeline() throws Exception {
        try (Receiving receiving = new Receiving()) {
            assertThat(receiving.grpc(Signal.LOGS, new byte[0]).code()).isEqualTo(GrpcCode.OK);
            assertThat(receiving.post("/v1/logs", PROTO, new byte[0]).statusCode())
                    .isEqualTo(200);
            HttpResponse<byte[]> json = receiving.post("/v1/logs", JSON, "{}".getBytes(StandardCharsets.UTF_8));
            assertThat(text(json)).isEqualTo("{\"partialSuccess\":{}}");
            assertThat(receiving.next.batches()).isEmpty();
        }
    }

    @Test
    void tellsWhatWasRejectedOfAnAcceptedRequest() throws Exception {
        try (Receiving receiving = new Receiving()) {
            Outcome part = new Outcome.Accepted(3, "too old");
            receiving.next.answer(part, part, part);
            Bytes grpc = receiving.grpc(Signal.TRACES, span(1)).body();
            assertThat(PartialSuccess.ofProto(grpc)).isEqualTo(new PartialSuccess(3, "too old"));
            HttpResponse<byte[]> proto = receiving.post("/v1/traces", PROTO, span(1));
            assertThat(PartialSuccess.ofProto(Bytes.of(proto.body()))).isEqualTo(new PartialSuccess(3, "too old"));
            HttpResponse<byte[]> json =
                    receiving.post("/v1/traces", JSON, OtlpJson.encode(Signal.TRACES, Bytes.of(span(1))));
            assertThat(text(json))
                    .isEqualTo("{\"partialSuccess\":{\"rejectedSpans\":\"3\",\"errorMessage\":\"too old\"}}");
        }
    }

    @Test
    void refusesOverHttpInTheCollectorsWords() throws Exception {
        try (Receiving receiving =
                new Receiving(Receiving.GRPC, Receiving.HTTP, EnumSet.of(Signal.TRACES), null, Admission.UNBOUNDED)) {
            HttpResponse<byte[]> get = receiving.send(receiving.request("/v1/traces"));
            assertThat(get.statusCode()).isEqualTo(405);
            assertThat(text(get)).isEqualTo("405 method not allowed, supported: [POST]");
            HttpResponse<byte[]> type = receiving.post("/v1/traces", "text/xml", span(1));
            assertThat(type.statusCode()).isEqualTo(415);
            assertThat(text(type))
                    .isEqualTo("415 unsupported media type, supported: [application/json, application/x-protobuf]");
            assertThat(receiving.post("/v1/logs", PROTO, new byte[0]).statusCode())
                    .isEqualTo(404);
            assertThat(receiving.grpc(Signal.LOGS, new byte[0]).code()).isEqualTo(GrpcCode.UNIMPLEMENTED);
            HttpResponse<byte[]> encoding = receiving.post("/v1/traces", JSON, span(1), "content-encoding", "br");
            assertThat(encoding.statusCode()).isEqualTo(400);
            assertThat(text(encoding)).isEqualTo("{\"code\":3,\"message\":\"unsupported Content-Encoding: br\"}");
        }
    }

    @Test
    void neverPassesOnWhatIsMalformed() throws Exception {
        try (Receiving receiving = new Receiving()) {
            byte[] request = span(1);
            byte[] cut = Arrays.copyOf(request, request.length - 3);
            GrpcReply grpc = receiving.grpc(Signal.TRACES, cut);
            assertThat(grpc.code()).isEqualTo(GrpcCode.INVALID_ARGUMENT);
            assertThat(receiving.post("/v1/traces", PROTO, cut).statusCode()).isEqualTo(400);
            HttpResponse<byte[]> json =
                    receiving.post("/v1/traces", JSON, "{\"resourceSpans\": 5}".getBytes(StandardCharsets.UTF_8));
            assertThat(json.statusCode()).isEqualTo(400);
            assertThat(text(json)).startsWith("{\"code\":3,\"message\":\"malformed request: 1:");
            assertThat(receiving.next.batches()).isEmpty();
        }
    }

    @Test
    void answersABugWithInternalError() throws Exception {
        try (Receiving receiving = new Receiving()) {
            receiving.next.answer(Future.failedFuture(new IllegalStateException("bug")));
            receiving.next.answer(Future.failedFuture(new IllegalStateException("bug")));
            assertThat(receiving.grpc(Signal.TRACES, span(1)).code()).isEqualTo(GrpcCode.INTERNAL);
            assertThat(receiving.post("/v1/traces", PROTO, span(1)).statusCode())
                    .isEqualTo(500);
        }
    }

    @Test
    void keepsMetadataButNoSecrets() throws Exception {
        OtlpReceiverConfig.Http http = Configs.with(
                Receiving.HTTP, "include_metadata", true, "response_headers", Map.of("X-Server", new Secret("sluice")));
        try (Receiving receiving =
                new Receiving(Receiving.GRPC, http, EnumSet.allOf(Signal.class), null, Admission.UNBOUNDED)) {
            HttpRequest.Builder request = receiving
                    .request("/v1/traces")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(span(1)))
                    .headers(
                            "Content-Type",
                            PROTO,
                            "X-Tenant",
                            "blue",
                            "X-Tenant",
                            "green",
                            "Authorization",
                            "Bearer s3cr3t",
                            "Cookie",
                            "s3cr3t",
                            "X-Api-Key",
                            "s3cr3t");
            HttpResponse<byte[]> response = receiving.send(request);
            assertThat(response.headers().firstValue("x-server")).contains("sluice");
            var metadata = receiving.next.batches().getFirst().origin().metadata();
            assertThat(metadata).containsEntry("x-tenant", "blue;green").containsKey("host");
            assertThat(metadata.toString()).doesNotContain("s3cr3t");
        }
    }

    @Test
    void keepsMetadataOverGrpcButNoSecrets() throws Exception {
        OtlpReceiverConfig.Grpc grpc = Configs.with(Receiving.GRPC, "include_metadata", true);
        try (Receiving receiving =
                new Receiving(grpc, Receiving.HTTP, EnumSet.allOf(Signal.class), null, Admission.UNBOUNDED)) {
            GrpcChannel client = receiving.channel(
                    "none", Map.of("x-tenant", new Secret("blue"), "authorization", new Secret("Bearer s3cr3t")));
            receiving.loop.call(() -> client.start()
                    .compose(_ -> client.call(Receiving.method(Signal.TRACES), Bytes.of(span(1)), Duration.ZERO)));
            Map<String, String> metadata =
                    receiving.next.batches().getFirst().origin().metadata();
            assertThat(metadata).containsEntry("x-tenant", "blue").containsKeys("host", "user-agent");
            assertThat(metadata.toString()).doesNotContain("s3cr3t").doesNotContain(":path");
            receiving.loop.call(client::stop);
        }
    }
}
