package dev.sluice.exporters.otlpgrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Exporter;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.WireWriter;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Loop;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpGrpcExporterTest {
    private static final byte[] BODY = {10, 2, 8, 1};

    private final Loop loop = new Loop("otlp_grpc");
    private GrpcStub server;
    private Exporter exporter;

    @BeforeEach
    void start() throws Exception {
        server = new GrpcStub(loop.vertx());
        exporter = exporter(server.endpoint(), "none", false);
    }

    @AfterEach
    void stop() throws Exception {
        loop.call(exporter::stop);
        loop.call(exporter::stop);
        loop.close();
    }

    @Test
    void eachSignalGoesToItsServiceWithItsBytesAndOneFrame() throws Exception {
        for (Signal signal : Signal.values()) {
            assertThat(consume(signal)).isEqualTo(Outcome.ACCEPTED);
        }
        assertThat(server.calls.stream().map(call -> call.request().path()))
                .containsExactly(
                        "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
                        "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
                        "/opentelemetry.proto.collector.logs.v1.LogsService/Export");
        for (GrpcStub.Call call : server.calls) {
            assertThat(call.message()).isEqualTo(BODY);
            assertThat(call.frame().getByte(0)).isZero();
            assertThat(call.frame().getInt(1)).isEqualTo(BODY.length);
            assertThat(call.request().getHeader("grpc-timeout")).isEqualTo("5000000u");
            assertThat(call.request().getHeader("user-agent")).startsWith("Sluice/0.1.0 (");
            assertThat(call.request().getHeader("te")).isEqualTo("trailers");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 10, 11, 14, 15})
    void codesThatMayPassAreRetryable(int code) throws Exception {
        server.answer = (request, frame) -> GrpcStub.refuse(request, code, "busy %E2%9C%93", "");
        assertThat(consume(Signal.TRACES)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(refused.message()).startsWith("rpc error: code = ").endsWith("busy ✓");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 6, 7, 8, 9, 12, 13, 16, 99})
    void codesThatJudgeTheDataArePermanent(int code) throws Exception {
        server.answer = (request, frame) -> GrpcStub.refuse(request, code, "no", "");
        Reason expected = switch (code) {
            case 7 -> Reason.FORBIDDEN;
            case 8 -> Reason.TOO_LARGE;
            case 16 -> Reason.UNAUTHENTICATED;
            default -> Reason.INVALID;
        };
        assertThat(consume(Signal.TRACES))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(expected));
    }

    @Test
    void exhaustionWithRetryInfoIsOverloadAndCarriesItsDelay() throws Exception {
        // google.rpc.Status{code: 8, details: [RetryInfo{retry_delay: 3.5s}]}, without padding.
        byte[] delay = message(1, varints(1, 3, 2, 500_000_000));
        byte[] any = concat(message(1, "type.googleapis.com/google.rpc.RetryInfo".getBytes(UTF_8)), message(2, delay));
        String details = Base64.getEncoder().withoutPadding().encodeToString(concat(varints(1, 8), message(3, any)));
        server.answer = (request, frame) -> GrpcStub.refuse(request, 8, "slow down", details);
        assertThat(consume(Signal.LOGS))
                .isEqualTo(Outcome.retryable(
                        Reason.OVERLOADED,
                        "rpc error: code = ResourceExhausted desc = slow down",
                        Duration.ofMillis(3500)));
    }

    @Test
    void exhaustionWithoutRetryInfoIsRetriedIfConfigured() throws Exception {
        loop.call(exporter::stop);
        exporter = exporter(server.endpoint(), "none", true);
        server.answer = (request, frame) -> GrpcStub.refuse(request, 8, "slow down", "");
        assertThat(consume(Signal.LOGS))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.OVERLOADED));
    }

    @Test
    void partialSuccessIsAcceptedWithItsCountAndWords() throws Exception {
        ExportLogsServiceResponse.Builder response = ExportLogsServiceResponse.newBuilder();
        response.getPartialSuccessBuilder().setRejectedLogRecords(7).setErrorMessage("too old");
        server.answer =
                (request, frame) -> GrpcStub.ok(request, response.build().toByteArray());
        assertThat(consume(Signal.LOGS)).isEqualTo(new Outcome.Accepted(7, "too old"));
    }

    @Test
    void aServerThatIsNotThereIsARetryableRefusalAndNoFailureToStart() throws Exception {
        Exporter lost = exporter("http://127.0.0.1:1", "none", false);
        assertThat(loop.call(() -> lost.consume(batch(Signal.TRACES))))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE));
        loop.call(lost::stop);
    }

    private Exporter exporter(String endpoint, String compression, boolean retryExhausted) throws Exception {
        OtlpGrpcConfig config = Configs.with(
                OtlpGrpcConfig.DEFAULT,
                "endpoint",
                endpoint,
                "compression",
                compression,
                "retry_on_resource_exhausted",
                retryExhausted);
        Exporter made = new OtlpGrpcExporterFactory().create(config, loop.surroundings());
        loop.call(made::start);
        return made;
    }

    private Outcome consume(Signal signal) throws Exception {
        return loop.call(() -> exporter.consume(batch(signal)));
    }

    private static Telemetry batch(Signal signal) {
        Bytes body = Bytes.concat(List.of(Bytes.of(BODY, 0, 2), Bytes.of(BODY, 2, 2)));
        return Telemetry.of(signal, body, 1, new Origin("test", "", Map.of()));
    }

    private static byte[] varints(long... fieldsAndValues) {
        WireWriter writer = new WireWriter();
        for (int i = fieldsAndValues.length - 2; i >= 0; i -= 2) {
            writer.varint((int) fieldsAndValues[i], fieldsAndValues[i + 1]);
        }
        return writer.toByteArray();
    }

    private static byte[] message(int field, byte[] content) {
        WireWriter writer = new WireWriter();
        writer.bytes(field, content);
        return writer.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        return Bytes.concat(Arrays.stream(parts).map(Bytes::of).toList()).toByteArray();
    }
}
