package dev.sluice.processors.probabilisticsampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Processor;
import dev.sluice.api.Telemetry;
import dev.sluice.generator.OtlpGenerator;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.OtlpValidator;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.RecordingConsumer;
import dev.sluice.testkit.TestContext;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProbabilisticSamplerProcessorTest {
    private static final String TRACES = "processor_probabilistic_sampler_count_traces_sampled";
    private static final String LOGS = "processor_probabilistic_sampler_count_logs_sampled";
    /** Randomness 0x8000…, so kept at 50 % and dropped below. */
    private static final ByteString HALF = ByteString.fromHex("0102030405060708" + "ff80000000000000");

    private final RecordingConsumer next = new RecordingConsumer();
    private final TestContext context = new TestContext("probabilistic_sampler");

    @Test
    void whereNothingIsLeftTheBatchIsAcceptedAndNextIsNotCalled() {
        Processor processor = processor(config("proportional", 49));

        Outcome outcome = processor.consume(traces(span(HALF))).result();

        assertThat(outcome).isEqualTo(Outcome.ACCEPTED);
        assertThat(next.batches()).isEmpty();
        assertThat(context.meters().value(TRACES, Map.of("policy", "trace_id_w3c", "sampled", "false")))
                .isEqualTo(1);
        assertThat(context.meters().value(TRACES)).isEqualTo(1);
    }

    @Test
    void emptyBatchIsAcceptedAndNextIsNotCalled() {
        Processor processor = processor(config("", 100));
        Telemetry empty = Telemetry.of(Signal.TRACES, Bytes.EMPTY, Origin.INTERNAL);
        Telemetry scopeOnly = traces(ResourceSpans.newBuilder().addScopeSpans(ScopeSpans.getDefaultInstance()));
        Telemetry unknownOnly = Telemetry.of(Signal.TRACES, Bytes.of(new byte[] {0x78, 1}), Origin.INTERNAL);

        for (Telemetry batch : List.of(empty, scopeOnly, unknownOnly)) {
            assertThat(processor.consume(batch).result()).isEqualTo(Outcome.ACCEPTED);
        }
        assertThat(next.batches()).isEmpty();
    }

    @Test
    void batchThatDoesNotChangeIsPassedOnAsItIs() {
        Processor processor = processor(config("equalizing", 50));
        Telemetry batch = traces(span(HALF).setTraceState("ot=th:8"));

        processor.consume(batch);

        assertThat(next.batches()).singleElement().isSameAs(batch);
    }

    @Test
    void outcomeOfTheNextStageIsPassedOn() {
        Outcome refusal = Outcome.retryable(Reason.UNAVAILABLE, "down", Duration.ofSeconds(1));
        next.answer(refusal);

        assertThat(processor(config("", 100)).consume(traces(span(HALF))).result())
                .isSameAs(refusal);
    }

    @Test
    void thresholdOfTheModeIsWritten() throws InvalidProtocolBufferException {
        Span.Builder sampledBefore = span(HALF).setTraceState("v=1,ot=th:4;x:y");

        assertThat(traceState(config("proportional", 50), span(HALF))).isEqualTo("ot=th:8");
        assertThat(traceState(config("proportional", 80), sampledBefore)).isEqualTo("ot=th:6666;x:y,v=1");
        assertThat(traceState(config("equalizing", 50), sampledBefore)).isEqualTo("ot=th:8;x:y,v=1");
        assertThat(traceState(config("equalizing", 100), sampledBefore)).isEqualTo("ot=th:4;x:y,v=1");
        assertThat(traceState(config("hash_seed", 100), span(HALF))).matches("ot=rv:[0-9a-f]{14};th:0");
    }

    @Test
    void unknownFieldsAndEverythingElseOfWhatIsKeptSurvive() throws InvalidProtocolBufferException {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
                .build();
        ResourceSpans.Builder resource = ResourceSpans.newBuilder().setUnknownFields(unknown);
        resource.addScopeSpansBuilder()
                .setUnknownFields(unknown)
                .addSpans(span(HALF).setUnknownFields(unknown).setTraceState("a=b"))
                .addSpans(span(ByteString.fromHex("00".repeat(15) + "01")));
        resource.addScopeSpansBuilder().addSpans(span(ByteString.fromHex("00".repeat(15) + "02")));

        processor(config("proportional", 50)).consume(traces(resource));

        ScopeSpans.Builder scope = resource.getScopeSpansBuilder(0).removeSpans(1);
        scope.getSpansBuilder(0).setTraceState("ot=th:8,a=b");
        assertThat(ExportTraceServiceRequest.parseFrom(next.merged(Signal.TRACES)))
                .isEqualTo(ExportTraceServiceRequest.newBuilder()
                        .addResourceSpans(resource.removeScopeSpans(1))
                        .build());
        assertThat(next.batches().getFirst().items()).isEqualTo(1);
    }

    @Test
    void keyThatIsSpeltTwiceIsTheLastOne() throws InvalidProtocolBufferException {
        // A KeyValue with the keys "x" and "sampling.priority" and the int 0: one attribute, which says to drop.
        ByteString twice = ByteString.fromHex("0a0178" + "0a11")
                .concat(ByteString.copyFromUtf8("sampling.priority"))
                .concat(ByteString.fromHex("12021800"));
        Span span = Span.parseFrom(span(HALF)
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                9,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(twice)
                                        .build())
                        .build())
                .build()
                .toByteArray());
        assertThat(span.getAttributes(0).getKey()).isEqualTo("sampling.priority");

        processor(config("", 100)).consume(traces(span.toBuilder()));

        assertThat(next.batches()).isEmpty();
    }

    @Test
    void everyRequestThatTheGeneratorMakesStaysWellFormed() {
        for (int seed = 0; seed < 50; seed++) {
            OtlpGenerator generator = new OtlpGenerator(seed, 0.7, true);
            for (String mode : List.of("hash_seed", "proportional", "equalizing")) {
                ProbabilisticSamplerConfig config =
                        new ProbabilisticSamplerConfig(mode, 50, seed, false, 3, "record", "http.route", "db.system");
                Processor processor = processor(config);
                processor.consume(Telemetry.of(
                        Signal.TRACES, Bytes.of(generator.traces(2, 2, 10).toByteArray()), Origin.INTERNAL));
                processor.consume(Telemetry.of(
                        Signal.LOGS, Bytes.of(generator.logs(2, 2, 10).toByteArray()), Origin.INTERNAL));
            }
        }
        assertThat(next.batches())
                .hasSizeGreaterThan(100)
                .allSatisfy(batch -> assertThat(OtlpValidator.validate(batch.signal(), batch.wire()))
                        .isEqualTo(batch.items())
                        .isPositive());
    }

    @Test
    void attributeDecidesOverALogRecordAndIsItsPolicy() throws InvalidProtocolBufferException {
        Processor processor =
                processor(new ProbabilisticSamplerConfig("", 100, 0, true, 4, "record", "request.id", "rate"));
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        var scope = request.addResourceLogsBuilder().addScopeLogsBuilder();
        scope.addLogRecordsBuilder().addAttributes(Batches.attribute("request.id", Batches.text("4711")));
        scope.addLogRecordsBuilder()
                .addAttributes(Batches.attribute("request.id", Batches.text("4711")))
                .addAttributes(Batches.attribute("rate", AnyValue.newBuilder().setDoubleValue(1e-13)));
        scope.addLogRecordsBuilder().setTraceId(HALF);

        processor.consume(Telemetry.of(Signal.LOGS, Bytes.of(request.build().toByteArray()), Origin.INTERNAL));

        assertThat(next.items(Signal.LOGS)).isEqualTo(1);
        assertThat(ExportLogsServiceRequest.parseFrom(next.merged(Signal.LOGS))
                        .getResourceLogs(0)
                        .getScopeLogs(0)
                        .getLogRecords(0)
                        .getAttributesList())
                .extracting(attribute -> attribute.getKey())
                .containsExactly("request.id", "sampling.randomness", "sampling.threshold");
        assertThat(context.meters().value(LOGS, Map.of("policy", "request.id", "sampled", "true")))
                .isEqualTo(1);
        assertThat(context.meters().value(LOGS, Map.of("policy", "sampling_priority", "sampled", "false")))
                .isEqualTo(1);
        assertThat(context.meters().value(LOGS, Map.of("policy", "missing_randomness", "sampled", "false")))
                .isEqualTo(1);
    }

    @Test
    void metricsAreNotItsBusiness() {
        Telemetry metrics = Telemetry.of(Signal.METRICS, Bytes.EMPTY, Origin.INTERNAL);

        assertThatThrownBy(() -> processor(config("", 100)).consume(metrics))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String traceState(ProbabilisticSamplerConfig config, Span.Builder span)
            throws InvalidProtocolBufferException {
        next.batches().clear();
        processor(config).consume(traces(span));
        return ExportTraceServiceRequest.parseFrom(next.merged(Signal.TRACES))
                .getResourceSpans(0)
                .getScopeSpans(0)
                .getSpans(0)
                .getTraceState();
    }

    private Processor processor(ProbabilisticSamplerConfig config) {
        return new ProbabilisticSamplerFactory().create(config, next, context);
    }

    private static ProbabilisticSamplerConfig config(String mode, float percentage) {
        return Configs.with(ProbabilisticSamplerConfig.DEFAULT, "mode", mode, "sampling_percentage", percentage);
    }

    private static Span.Builder span(ByteString traceId) {
        return Span.newBuilder().setTraceId(traceId).setName("a span");
    }

    private static Telemetry traces(Span.Builder span) {
        return traces(
                ResourceSpans.newBuilder().addScopeSpans(ScopeSpans.newBuilder().addSpans(span)));
    }

    private static Telemetry traces(ResourceSpans.Builder resource) {
        byte[] wire = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(resource)
                .build()
                .toByteArray();
        return Telemetry.of(Signal.TRACES, Bytes.of(wire), Origin.INTERNAL);
    }
}
