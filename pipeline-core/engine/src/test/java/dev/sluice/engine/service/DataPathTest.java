package dev.sluice.engine.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.ServiceInfo;
import dev.sluice.api.Telemetry;
import dev.sluice.api.config.Delivery;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.api.config.Sizer;
import dev.sluice.engine.graph.Lab;
import dev.sluice.engine.queue.Otlp;
import dev.sluice.engine.telemetry.WorkTracer;
import dev.sluice.otlp.Signal;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {1, 3})
class DataPathTest {
    private static final Refused DOWN = Outcome.retryable(Reason.UNAVAILABLE, "down", Duration.ofSeconds(2));

    private final ServiceRig rig;
    private final Lab lab;

    DataPathTest(int loops) {
        rig = new ServiceRig(loops);
        lab = rig.lab;
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void batchGoesThroughAndIsCountedOnItsWay() {
        lab.answer("ex", batch -> Future.succeededFuture(new Accepted(1, "one bad")));
        SluiceService service = rig.start("traces: rx | px/a, px/b | ex");
        for (Lab.Source source : lab.sources) {
            assertThat(source.put(Otlp.spans("a", 5)).await()).isEqualTo(new Accepted(1, "one bad"));
        }
        int loops = rig.loops;
        assertThat(lab.items("ex")).isEqualTo(5 * loops);
        Map<String, String> receiver = Map.of("receiver", "rx", "transport", "internal");
        assertThat(rig.meters.recorded.value("receiver_accepted_spans", receiver))
                .isEqualTo(4 * loops);
        assertThat(rig.meters.recorded.value("receiver_refused_spans", receiver))
                .isEqualTo(loops);
        for (String processor : List.of("px/a", "px/b")) {
            Map<String, String> labels = Map.of("processor", processor, "otel.signal", "traces");
            assertThat(rig.meters.recorded.value("processor_incoming_items", labels))
                    .isEqualTo(5 * loops);
            assertThat(rig.meters.recorded.value("processor_outgoing_items", labels))
                    .isEqualTo(5 * loops);
        }
        Map<String, String> exporter = Map.of("exporter", "ex");
        assertThat(rig.meters.recorded.value("exporter_sent_spans", exporter)).isEqualTo(4 * loops);
        assertThat(rig.meters.recorded.value("exporter_send_failed_spans", exporter))
                .isEqualTo(loops);

        ServiceInfo.Pipeline pipeline = service.pipelines().getFirst();
        long bytes = (long) loops * Otlp.spans("a", 5).wire().length();
        assertThat(pipeline.edges())
                .extracting(edge -> edge.from() + ">" + edge.to())
                .containsExactly("rx>px/a", "px/a>px/b", "px/b>ex");
        assertThat(pipeline.edges())
                .allSatisfy(edge -> assertThat(List.of(edge.accepted(), edge.refused(), edge.failed(), edge.bytes()))
                        .containsExactly(4L * loops, 0L, 0L, bytes));
    }

    @Test
    void workIsToldInSpansWhereSpansAreWanted() {
        List<String> spans = Collections.synchronizedList(new ArrayList<>());
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(new SpanExporter() {
                    @Override
                    public CompletableResultCode export(Collection<SpanData> ended) {
                        ended.forEach(span -> spans.add(
                                span.getName() + " " + span.getStatus().getStatusCode()));
                        return CompletableResultCode.ofSuccess();
                    }

                    @Override
                    public CompletableResultCode flush() {
                        return CompletableResultCode.ofSuccess();
                    }

                    @Override
                    public CompletableResultCode shutdown() {
                        return CompletableResultCode.ofSuccess();
                    }
                }))
                .build();
        rig.tracer = new WorkTracer(provider.get("test"));
        lab.answer("ex", batch -> Future.succeededFuture(DOWN));
        rig.start("traces: rx | px | ex");
        lab.sources.getFirst().put(Otlp.spans("a", 5)).await();
        provider.shutdown().join(10, TimeUnit.SECONDS);
        assertThat(spans).containsExactly("exporter/ex/traces ERROR", "receiver/rx/TraceDataReceived ERROR");
    }

    @Test
    void itemsThatAProcessorHandsToSeveralExportersAreOutgoingOnce() {
        rig.start("traces: rx | px | ex/1, ex/2");
        lab.sources.getFirst().put(Otlp.spans("a", 5)).await();
        assertThat(rig.meters.recorded.value(
                        "processor_outgoing_items", Map.of("processor", "px", "otel.signal", "traces")))
                .isEqualTo(5);
        assertThat(lab.items("ex/1")).isEqualTo(5);
        assertThat(lab.items("ex/2")).isEqualTo(5);
    }

    @Test
    void branchThatDoesNotAnswerDelaysTheAnswerAndNotTheDeliveryInAnother() {
        Lab.Held slow = lab.hold("ex/slow");
        rig.start("traces/a: rx | | ex/slow, ex/a", "traces/b: rx | px | ex/b");
        Future<Outcome> answer = lab.sources.getFirst().putNow(Otlp.spans("a", 1));
        assertThat(lab.items("ex/a")).isEqualTo(1);
        assertThat(lab.items("ex/b")).isEqualTo(1);
        assertThat(answer.isComplete()).isFalse();
        slow.release(DOWN);
        assertThat(answer.await()).isEqualTo(DOWN);
    }

    @Test
    void branchThatThrowsFailsTheAnswerAndNotTheDeliveryInAnother() {
        lab.answer("px/bad", batch -> {
            throw new IllegalStateException("bug");
        });
        SluiceService service = rig.start("traces/a: rx | px/bad | ex/a", "traces/b: rx | | ex/b");
        Throwable cause = lab.sources
                .getFirst()
                .put(Otlp.spans("a", 3))
                .transform(done -> Future.succeededFuture(done.cause()))
                .await();
        assertThat(cause).hasMessage("bug");
        assertThat(lab.items("ex/b")).isEqualTo(3);
        ServiceInfo.Edge edge = service.pipelines().getFirst().edges().getFirst();
        assertThat(edge.failed()).isEqualTo(3);
        assertThat(rig.meters.recorded.value(
                        "receiver_failed_spans", Map.of("receiver", "rx", "transport", "internal")))
                .isEqualTo(3);
    }

    @Test
    void refusalComesBackThroughEveryStageAndIsCounted() {
        lab.answer("ex", batch -> Future.succeededFuture(DOWN));
        SluiceService service = rig.start("traces: rx | px | ex");
        assertThat(lab.sources.getFirst().put(Otlp.spans("a", 3)).await()).isEqualTo(DOWN);
        assertThat(service.pipelines().getFirst().edges())
                .extracting(ServiceInfo.Edge::refused)
                .containsExactly(3L, 3L);
        assertThat(rig.meters.recorded.value(
                        "receiver_refused_spans", Map.of("receiver", "rx", "transport", "internal")))
                .isEqualTo(3);
    }

    @Test
    void connectorLeadsFromOneSignalToAnother() {
        rig.start("traces: rx | | cxm, ex/t", "metrics: cxm | px | ex/m");
        lab.sources.getLast().put(Otlp.spans("a", 3)).await();
        assertThat(lab.received("ex/t")).extracting(Telemetry::signal).containsExactly(Signal.TRACES);
        assertThat(lab.received("ex/m")).extracting(Telemetry::signal).containsExactly(Signal.METRICS);
        assertThat(lab.received("px")).hasSize(1);
    }

    @Test
    void outputsNameThePipelinesAndSignalsThatAreThere() {
        rig.start("traces/a: rx | | ex", "traces/b: rx | | ex/b", "logs: rx/other | | ex");
        Lab.Source source = lab.sources.stream()
                .filter(each -> each.context.id().toString().equals("rx"))
                .findFirst()
                .orElseThrow();
        assertThat(source.outputs.signals()).containsExactly(Signal.TRACES);
        assertThat(source.outputs.pipelines()).containsOnlyKeys(Lab.pipeline("traces/a"), Lab.pipeline("traces/b"));
        source.onLoop(() ->
                        source.outputs.pipelines().get(Lab.pipeline("traces/b")).consume(Otlp.spans("a", 2)))
                .await();
        assertThat(lab.items("ex")).isZero();
        assertThat(lab.items("ex/b")).isEqualTo(2);
        assertThat(source.onLoop(() -> {
                            try {
                                source.outputs.to(Signal.LOGS);
                                return Future.succeededFuture("found");
                            } catch (IllegalArgumentException e) {
                                return Future.succeededFuture(e.getMessage());
                            }
                        })
                        .await())
                .isEqualTo("no pipeline takes logs");
    }

    @Test
    void callFromAThreadThatIsNotTheLoopsIsRefusedAsABug() {
        rig.start("traces: rx | | ex");
        Future<Outcome> answer =
                lab.sources.getFirst().outputs.to(Signal.TRACES).consume(Otlp.spans("a", 1));
        assertThat(answer.cause()).isInstanceOf(IllegalStateException.class);
        assertThat(lab.items("ex")).isZero();
    }

    @Test
    void whatMustExistOnceIsCalledOnOneLoopWhereverDataComesIn() {
        rig.start("traces: rx | px1, px/after | ex1, ex");
        for (int i = 0; i < 5; i++) {
            for (Lab.Source source : lab.sources) {
                assertThat(source.put(Otlp.spans("a", 2)).await()).isEqualTo(Outcome.ACCEPTED);
            }
        }
        for (String id : List.of("px1", "px/after", "ex1", "ex")) {
            assertThat(new HashSet<>(lab.threads.get(id))).as(id).hasSize(1);
            assertThat(lab.items(id)).as(id).isEqualTo(10 * rig.loops);
        }
        assertThat(lab.events.stream().filter("start px1"::equals)).hasSize(1);
        assertThat(lab.events.stream().filter("start ex"::equals)).hasSize(1);
    }

    @Test
    void shardsSeeAllSpansOfTheirTracesAndNothingIsLostOrDoubled() {
        rig.start("traces: rx | pxs | ex");
        Set<String> put = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            for (Lab.Source source : lab.sources) {
                // The same traces whichever the loop they come in on.
                Telemetry batch = Otlp.spans("same", 30, 30, new Origin("test", "" + i, Map.of()));
                put.addAll(Otlp.names(batch));
                assertThat(source.put(batch).await()).isEqualTo(Outcome.ACCEPTED);
            }
        }
        assertThat(lab.items("pxs")).isEqualTo(20 * 30 * rig.loops);
        assertThat(lab.items("ex")).isEqualTo(20 * 30 * rig.loops);
        Map<Object, Set<Thread>> threads = new HashMap<>();
        List<Telemetry> batches = lab.received("pxs");
        for (int i = 0; i < batches.size(); i++) {
            for (Span span : Otlp.all(batches.get(i))) {
                put.remove(span.getName());
                threads.computeIfAbsent(span.getTraceId(), key -> new HashSet<>())
                        .add(lab.threadOf.get(batches.get(i)));
            }
        }
        assertThat(put).isEmpty();
        assertThat(threads)
                .hasSize(30)
                .allSatisfy((trace, seen) -> assertThat(seen).hasSize(1));
        assertThat(new HashSet<>(lab.threads.get("pxs"))).hasSize(rig.loops);
    }

    @Test
    void fullQueuePushesBackToTheReceiverOverAllLoopsTogether() {
        Lab.Held slow = lab.hold("ex");
        lab.delivery("ex", new Delivery(null, null, queue(1, 3, false)));
        rig.start("traces: rx | px | ex");
        int accepted = 0;
        for (int i = 0; i < 6; i++) {
            Lab.Source source = lab.sources.get(i % lab.sources.size());
            Outcome outcome = source.put(Otlp.spans("a", 1)).await();
            if (outcome instanceof Accepted) {
                accepted++;
            } else {
                assertThat(outcome)
                        .isEqualTo(
                                Outcome.retryable(Reason.OVERLOADED, "sending queue is full", Duration.ofSeconds(1)));
            }
        }
        assertThat(accepted).isEqualTo(3);
        assertThat(slow.count()).isEqualTo(1);
    }

    @Test
    void receiverBeforeALimiterIsHeldToItsLimit() {
        rig.start("traces: rx/limited | lim/1000 | ex", "traces/2: rx/free | | ex");
        for (Lab.Source source : lab.sources) {
            boolean limited = source.context.id().name().equals("limited");
            assertThat(source.context.admission().tryAcquire(2000)).isEqualTo(!limited);
            source.context.admission().release(limited ? 0 : 2000);
        }
    }

    @Test
    void bytesInQueuesCountAgainstTheLimitUntilTheyAreSent() {
        Lab.Held slow = lab.hold("ex");
        lab.delivery("ex", new Delivery(null, null, queue(1, 10, false)));
        Telemetry batch = Otlp.spans("a", 20);
        rig.start("traces: rx | lim/" + batch.wire().length() + " | ex");
        Lab.Source source = lab.sources.getFirst();
        assertThat(source.context.admission().tryAcquire(1)).isTrue();
        source.context.admission().release(1);
        source.put(batch).await();
        assertThat(source.context.admission().tryAcquire(1)).isFalse();
        slow.release(Outcome.ACCEPTED);
        assertThat(source.onLoop(() -> Future.succeededFuture(
                                source.context.admission().tryAcquire(1)))
                        .await())
                .isTrue();
    }

    static QueueConfig queue(int consumers, long size, boolean wait) {
        return new QueueConfig(true, consumers, size, Sizer.REQUESTS, false, wait, null, null);
    }
}
