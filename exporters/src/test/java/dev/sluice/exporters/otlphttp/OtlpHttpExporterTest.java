package dev.sluice.exporters.otlphttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Exporter;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Telemetry;
import dev.sluice.api.config.Secret;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.WireWriter;
import dev.sluice.otlp.json.OtlpJson;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Loop;
import dev.sluice.testkit.Requests;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpHttpExporterTest {
    private static final byte[] BODY = {10, 2, 8, 1};

    private record Got(HttpServerRequest request, Buffer body) {}

    private final Loop loop = new Loop("otlp_http");
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private volatile BiConsumer<HttpServerRequest, Buffer> answer =
            (request, body) -> request.response().end();
    private HttpServer server;
    private Exporter exporter;

    @BeforeEach
    void start() throws Exception {
        server = loop.vertx()
                .createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    got.add(new Got(request, body));
                    answer.accept(request, body);
                }));
        Loop.await(server.listen(0, "127.0.0.1"));
        exporter = exporter(url(""), "", "none");
    }

    @AfterEach
    void stop() throws Exception {
        loop.call(exporter::stop);
        loop.call(exporter::stop);
        loop.close();
    }

    @Test
    void eachSignalIsPostedToItsPathWithItsBytes() throws Exception {
        for (Signal signal : Signal.values()) {
            assertThat(consume(signal)).isEqualTo(Outcome.ACCEPTED);
        }
        assertThat(got.stream().map(one -> one.request().uri()))
                .containsExactly("/v1/traces", "/v1/metrics", "/v1/logs");
        for (Got one : got) {
            assertThat(one.request().method().name()).isEqualTo("POST");
            assertThat(one.body().getBytes()).isEqualTo(BODY);
            assertThat(one.request().getHeader("content-type")).isEqualTo("application/x-protobuf");
            assertThat(one.request().getHeader("content-length")).isEqualTo("4");
            assertThat(one.request().getHeader("user-agent")).startsWith("Sluice/0.1.0 (");
            assertThat(one.request().getHeader("x-tenant")).isEqualTo("blue");
            assertThat(one.request().getHeader("host")).isEqualTo("127.0.0.1:" + server.actualPort());
        }
    }

    @Test
    void anOwnEndpointIsUsedAsItIsAndOnlyForItsSignal() throws Exception {
        loop.call(exporter::stop);
        exporter = exporter("", url("/loki/otlp?x=1"), "none");
        consume(Signal.LOGS);
        assertThat(got)
                .singleElement()
                .satisfies(one -> assertThat(one.request().uri()).isEqualTo("/loki/otlp?x=1"));
        assertThat(consume(Signal.TRACES))
                .isEqualTo(Outcome.permanent(Reason.INVALID, "either endpoint or traces_endpoint must be specified"));
    }

    @Test
    void aSignalWithoutUrlIsRefusedWhenPipelinesArePlanned() {
        OtlpHttpExporterFactory factory = new OtlpHttpExporterFactory();
        OtlpHttpConfig config = config("", url("/logs"), "none", "proto");
        assertThat(factory.refusal(config, Signal.TRACES))
                .isEqualTo("either endpoint or traces_endpoint must be specified");
        assertThat(factory.refusal(config, Signal.LOGS)).isNull();
    }

    @Test
    void bodiesAreJsonWhereTheConfigurationSaysSo() throws Exception {
        loop.call(exporter::stop);
        Exporter made = new OtlpHttpExporterFactory().create(config(url(""), "", "none", "json"), loop.surroundings());
        exporter = made;
        loop.call(made::start);
        Bytes request = Requests.numbered(Signal.TRACES, 3).wire();
        loop.call(() -> made.consume(Requests.numbered(Signal.TRACES, 3)));
        assertThat(got).singleElement().satisfies(one -> {
            assertThat(one.request().getHeader("content-type")).isEqualTo("application/json");
            assertThat(one.body().getBytes()).isEqualTo(OtlpJson.encode(Signal.TRACES, request));
        });
    }

    @ParameterizedTest
    @CsvSource({"429,OVERLOADED", "502,UNAVAILABLE", "503,UNAVAILABLE", "504,UNAVAILABLE"})
    void passingRefusalsAreRetryableAfterTheSecondsAskedFor(int status, Reason reason) throws Exception {
        answer = (request, body) -> request.response()
                .setStatusCode(status)
                .putHeader("retry-after", "17")
                .end();
        String message =
                "error exporting items, request to " + url("/v1/traces") + " responded with HTTP Status Code " + status;
        assertThat(consume(Signal.TRACES)).isEqualTo(Outcome.retryable(reason, message, Duration.ofSeconds(17)));
    }

    @Test
    void retryAfterMayBeADate() throws Exception {
        // The clock of the test stands at 2023-11-14T22:13:20Z.
        answer = (request, body) -> request.response()
                .setStatusCode(503)
                .putHeader("retry-after", "Tue, 14 Nov 2023 22:14:00 GMT")
                .end();
        assertThat(consume(Signal.TRACES))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(40)));
    }

    @ParameterizedTest
    @CsvSource({
        "301,INVALID",
        "400,INVALID",
        "401,UNAUTHENTICATED",
        "403,FORBIDDEN",
        "404,INVALID",
        "413,TOO_LARGE",
        "500,INVALID",
        "501,INVALID"
    })
    void otherRefusalsArePermanent(int status, Reason reason) throws Exception {
        answer = (request, body) -> request.response()
                .setStatusCode(status)
                .putHeader("retry-after", "17")
                .end();
        assertThat(consume(Signal.METRICS)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.retryAfter()).isZero();
        });
    }

    @Test
    void theStatusInTheBodyIsPartOfTheMessage() throws Exception {
        WireWriter status = new WireWriter();
        status.string(2, "span 3 has no id");
        status.varint(1, 3);
        answer = (request, body) -> request.response()
                .setStatusCode(400)
                .putHeader("content-type", "application/x-protobuf")
                .end(Buffer.buffer(status.toByteArray()));
        assertThat(consume(Signal.TRACES))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.message())
                                .endsWith("responded with HTTP Status Code 400, Message=span 3 has no id"));
        answer = (request, body) -> request.response()
                .setStatusCode(400)
                .putHeader("content-type", "application/json; charset=utf-8")
                .end("{\"code\":3,\"message\":\"bad\"}");
        assertThat(consume(Signal.TRACES))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.message()).endsWith(", Message=bad"));
    }

    @Test
    void partialSuccessIsAcceptedWithItsCountAndWords() throws Exception {
        ExportMetricsServiceResponse.Builder response = ExportMetricsServiceResponse.newBuilder();
        response.getPartialSuccessBuilder().setRejectedDataPoints(7).setErrorMessage("too old");
        answer = (request, body) -> request.response()
                .putHeader("content-type", "application/x-protobuf")
                .end(Buffer.buffer(response.build().toByteArray()));
        assertThat(consume(Signal.METRICS)).isEqualTo(new Outcome.Accepted(7, "too old"));
        answer = (request, body) -> request.response()
                .putHeader("content-type", "application/json")
                .end("{\"partialSuccess\":{\"rejectedSpans\":\"3\",\"errorMessage\":\"late\"}}");
        assertThat(consume(Signal.TRACES)).isEqualTo(new Outcome.Accepted(3, "late"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "[1]", "{\"partialSuccess\":7}", "{\"partialSuccess\":{\"rejectedSpans\":\"x\"}}"})
    void whatIsNoPartialSuccessIsAFullOne(String json) throws Exception {
        answer = (request, body) ->
                request.response().putHeader("content-type", "application/json").end(json);
        assertThat(consume(Signal.TRACES)).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void anAnswerBeyond64KiBIsNotReadAndCountsByItsStatus() throws Exception {
        answer = (request, body) -> request.response()
                .putHeader("content-type", "application/x-protobuf")
                .end(Buffer.buffer(new byte[64 * 1024 + 1]));
        assertThat(consume(Signal.TRACES)).isEqualTo(Outcome.ACCEPTED);
        assertThat(consume(Signal.TRACES)).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void aServerThatIsNotThereIsARetryableRefusalAndNoFailureToStart() throws Exception {
        loop.call(exporter::stop);
        exporter = exporter("http://127.0.0.1:1", "", "none");
        assertThat(consume(Signal.TRACES)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(refused.message()).startsWith("failed to make an HTTP request: ");
        });
    }

    @Test
    void aConnectionCutBeforeTheAnswerIsRetryable() throws Exception {
        answer = (request, body) -> request.connection().close();
        assertThat(consume(Signal.TRACES))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.actualPort() + path;
    }

    private Exporter exporter(String endpoint, String logsEndpoint, String compression) throws Exception {
        Exporter made = new OtlpHttpExporterFactory()
                .create(config(endpoint, logsEndpoint, compression, "proto"), loop.surroundings());
        loop.call(made::start);
        return made;
    }

    private static OtlpHttpConfig config(String endpoint, String logsEndpoint, String compression, String encoding) {
        return Configs.with(
                OtlpHttpConfig.DEFAULT,
                "endpoint",
                endpoint,
                "headers",
                Map.of("X-Tenant", new Secret("blue")),
                "compression",
                compression,
                "logs_endpoint",
                logsEndpoint,
                "encoding",
                encoding);
    }

    private Outcome consume(Signal signal) throws Exception {
        Bytes body = Bytes.concat(List.of(Bytes.of(BODY, 0, 2), Bytes.of(BODY, 2, 2)));
        return loop.call(() -> exporter.consume(Telemetry.of(signal, body, 1, Origin.INTERNAL)));
    }
}
