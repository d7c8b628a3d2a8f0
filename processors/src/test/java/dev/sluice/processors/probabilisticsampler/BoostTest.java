package dev.sluice.processors.probabilisticsampler;

import static dev.sluice.processors.probabilisticsampler.Batches.attribute;
import static dev.sluice.processors.probabilisticsampler.Batches.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.sluice.api.Boost;
import dev.sluice.api.Origin;
import dev.sluice.api.Processor;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.RecordingConsumer;
import dev.sluice.testkit.TestBoosts;
import dev.sluice.testkit.TestContext;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoostTest {
    private static final String TRACES = "processor_probabilistic_sampler_count_traces_sampled";
    private static final Boost CHECKOUT =
            new Boost("shop/api", List.of(new Boost.Attribute(List.of("http.route", "url.path"), "/checkout")));

    private final RecordingConsumer next = new RecordingConsumer();
    private final TestBoosts board = new TestBoosts();
    private final TestContext context = new TestContext("probabilistic_sampler").boosts(board);

    @ParameterizedTest
    @ValueSource(strings = {"hash_seed", "proportional", "equalizing"})
    void allOfTheServiceAndPathIsKeptAndTheRestAsWithoutABoost(String mode) throws Exception {
        Telemetry batch = mixed();
        Processor processor = processor(mode, 10);
        List<Span> without = kept(processor, batch);
        assertThat(without).hasSizeBetween(20, 200);

        board.publish(List.of(CHECKOUT));
        List<Span> with = kept(processor, batch);

        assertThat(with)
                .filteredOn(BoostTest::boosted)
                .hasSize(200)
                .allSatisfy(span -> assertThat(span.getTraceState()).endsWith("th:0"));
        assertThat(with)
                .filteredOn(span -> !boosted(span))
                .isEqualTo(without.stream().filter(span -> !boosted(span)).toList());
        assertThat(context.meters().value(TRACES, Map.of("policy", "boost", "sampled", "true")))
                .isEqualTo(200);
    }

    @Test
    void whenTheBoostEndsDecisionsAreAsBefore() throws Exception {
        Telemetry batch = mixed();
        Processor processor = processor("proportional", 10);
        List<Span> without = kept(processor, batch);
        board.publish(List.of(CHECKOUT));
        assertThat(kept(processor, batch)).isNotEqualTo(without);
        board.publish(List.of());
        assertThat(kept(processor, batch)).isEqualTo(without);
    }

    /** The sum of what each kept span stands for is the number of spans that came, with and without a boost. */
    @Test
    void countsByThresholdStayRight() throws Exception {
        Telemetry batch = mixed();
        Processor processor = processor("proportional", 50);
        board.publish(List.of(CHECKOUT));
        double sum = 0;
        for (Span span : kept(processor, batch)) {
            sum += switch (span.getTraceState()) {
                case "ot=th:0" -> 1;
                case "ot=th:8" -> 2;
                default -> throw new AssertionError(span.getTraceState());
            };
        }
        // 200 that are certain and twice the kept half of 600: within five standard deviations of 800.
        assertThat(sum).isBetween(800 - 5 * Math.sqrt(600), 800 + 5 * Math.sqrt(600));
    }

    @ParameterizedTest
    @CsvSource({
        "proportional, 'x=y,ot=th:8;rv:80000000000000', 'x=y,ot=th:8;rv:80000000000000'",
        "proportional, 'ot=rv:00000000000001', 'ot=rv:00000000000001;th:0'",
        "hash_seed, 'ot=rv:00000000000001', 'ot=rv:00000000000001;th:0'",
        "equalizing, 'x=y', 'ot=th:0,x=y'",
        "equalizing, 'no tracestate;', 'no tracestate;'"
    })
    void aThresholdOfBeforeStaysAndWhatIsMalformedIsKeptAsItIs(String mode, String before, String after)
            throws Exception {
        board.publish(List.of(CHECKOUT));
        Span.Builder span = checkout().setTraceState(before);
        assertThat(kept(processor(mode, 0), traces("shop", "api", span)))
                .singleElement()
                .satisfies(one -> assertThat(one.getTraceState()).isEqualTo(after));
    }

    @Test
    void aBoostOutweighsAPriorityThatSaysToDrop() throws Exception {
        board.publish(List.of(CHECKOUT));
        Span.Builder span = checkout()
                .addAttributes(
                        attribute("sampling.priority", AnyValue.newBuilder().setIntValue(0)));
        assertThat(kept(processor("", 100), traces("shop", "api", span))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"shop,api,true", "shop,web,false", ",api,false", "shop/api,,false"})
    void theJobIsNamespaceAndName(String namespace, String name, boolean kept) throws Exception {
        board.publish(List.of(CHECKOUT));
        Telemetry batch = traces(namespace == null ? "" : namespace, name == null ? "" : name, checkout());
        assertThat(kept(processor("proportional", 0), batch)).hasSize(kept ? 1 : 0);
    }

    @Test
    void attributesMayBeTheResourcesAndNoTexts() throws Exception {
        board.publish(List.of(
                new Boost("", List.of(new Boost.Attribute(List.of("service.name"), "mail"))),
                new Boost(
                        "shop/api",
                        List.of(
                                new Boost.Attribute(List.of("http.response.status_code"), "503"),
                                new Boost.Attribute(List.of("absent", "http.route"), "/checkout")))));
        Span.Builder failed = checkout()
                .addAttributes(attribute(
                        "http.response.status_code", AnyValue.newBuilder().setIntValue(503)));
        Processor processor = processor("proportional", 0);
        assertThat(kept(processor, traces("", "mail", span("/any")))).hasSize(1);
        assertThat(kept(processor, traces("shop", "api", failed))).hasSize(1);
        assertThat(kept(processor, traces("shop", "api", checkout()))).isEmpty();
    }

    @Test
    void logRecordsAreKeptWithTheThresholdZero() throws Exception {
        board.publish(List.of(CHECKOUT));
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        var resource = request.addResourceLogsBuilder();
        resource.getResourceBuilder().addAllAttributes(service("shop", "api"));
        var scope = resource.addScopeLogsBuilder();
        scope.addLogRecordsBuilder().addAttributes(attribute("url.path", text("/checkout")));
        scope.addLogRecordsBuilder().addAttributes(attribute("url.path", text("/other")));

        processor("proportional", 0)
                .consume(Telemetry.of(Signal.LOGS, Bytes.of(request.build().toByteArray()), Origin.INTERNAL));

        List<LogRecord> kept = ExportLogsServiceRequest.parseFrom(next.merged(Signal.LOGS))
                .getResourceLogs(0)
                .getScopeLogs(0)
                .getLogRecordsList();
        assertThat(kept).hasSize(1);
        assertThat(kept.getFirst().getAttributes(1))
                .isEqualTo(attribute("sampling.threshold", text("0")).build());
    }

    private Processor processor(String mode, float percentage) {
        return new ProbabilisticSamplerFactory()
                .create(
                        Configs.with(
                                ProbabilisticSamplerConfig.DEFAULT, "mode", mode, "sampling_percentage", percentage),
                        next,
                        context);
    }

    private List<Span> kept(Processor processor, Telemetry batch) throws InvalidProtocolBufferException {
        next.batches().clear();
        processor.consume(batch);
        return ExportTraceServiceRequest.parseFrom(next.merged(Signal.TRACES)).getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    /** 200 spans each of two paths of two services; those of the boost are named {@code boosted}. */
    private static Telemetry mixed() {
        Random random = new Random(7);
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        for (String service : List.of("api", "web")) {
            ScopeSpans.Builder scope = ScopeSpans.newBuilder();
            for (String path : List.of("/checkout", "/other")) {
                boolean boosted = service.equals("api") && path.equals("/checkout");
                for (int i = 0; i < 200; i++) {
                    byte[] id = new byte[16];
                    random.nextBytes(id);
                    scope.addSpans(
                            span(path).setName(boosted ? "boosted" : "not").setTraceId(ByteString.copyFrom(id)));
                }
            }
            request.addResourceSpansBuilder()
                    .addScopeSpans(scope)
                    .getResourceBuilder()
                    .addAllAttributes(service("shop", service));
        }
        return Telemetry.of(Signal.TRACES, Bytes.of(request.build().toByteArray()), Origin.INTERNAL);
    }

    private static boolean boosted(Span span) {
        return span.getName().equals("boosted");
    }

    private static Telemetry traces(String namespace, String name, Span.Builder span) {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        request.addResourceSpansBuilder()
                .addScopeSpans(ScopeSpans.newBuilder().addSpans(span))
                .getResourceBuilder()
                .addAllAttributes(service(namespace, name));
        return Telemetry.of(Signal.TRACES, Bytes.of(request.build().toByteArray()), Origin.INTERNAL);
    }

    private static List<KeyValue> service(String namespace, String name) {
        return List.of(
                attribute("service.namespace", text(namespace)).build(),
                attribute("service.name", text(name)).build());
    }

    private static Span.Builder checkout() {
        return span("/checkout");
    }

    /** Of a randomness that is dropped at any percentage below 99. */
    private static Span.Builder span(String route) {
        return Span.newBuilder()
                .setTraceId(ByteString.fromHex("0102030405060708" + "ff00000000000001"))
                .addAttributes(attribute("http.route", text(route)));
    }
}
