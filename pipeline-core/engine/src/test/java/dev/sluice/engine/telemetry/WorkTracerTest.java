package dev.sluice.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.engine.telemetry.MetricsConfig.Level;
import dev.sluice.engine.telemetry.PushExporter.Otlp;
import dev.sluice.engine.telemetry.PushExporter.Protocol;
import dev.sluice.engine.telemetry.PushExporter.Temporality;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.RecordingConsumer;
import dev.sluice.testkit.Requests;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkTracerTest extends SelfTelling {
    @Test
    void workMakesSpansOfWhatBecameOfABatch() throws Exception {
        try (Intake intake = new Intake()) {
            Otlp own = Blocks.otlp(Protocol.GRPC, "", Temporality.CUMULATIVE);
            Otlp http = Blocks.otlp(Protocol.HTTP_PROTOBUF, intake.address(), Temporality.CUMULATIVE);
            telemetry = make(traces(null, Blocks.simple(Blocks.to(own)), Blocks.batch(Blocks.to(http))));
            WorkTracer tracer = telemetry.tracer();

            Telemetry batch = Requests.numbered(Signal.TRACES, 1);
            await(tracer.received(OTLP, batch, _ -> Outcome.accepted()));
            Outcome refusal = Outcome.permanent(Outcome.Reason.INVALID, "no");
            await(tracer.sent(OTLP, Requests.numbered(Signal.LOGS, 1), _ -> Future.succeededFuture(refusal)));
            Future<Outcome> bug =
                    tracer.received(OTLP, Requests.numbered(Signal.METRICS, 1), _ -> Future.failedFuture("bug"));
            assertThat(bug.failed()).isTrue();
            end();

            assertThat(intake.next().path()).isEqualTo("/v1/traces");
            List<Span> spans = new ArrayList<>();
            ExportTraceServiceRequest.parseFrom(grpc.merged(Signal.TRACES))
                    .getResourceSpansList()
                    .forEach(resource ->
                            resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList())));
            assertThat(spans)
                    .extracting(Span::getName)
                    .containsExactly(
                            "receiver/otlp/TraceDataReceived", "exporter/otlp/logs", "receiver/otlp/MetricsReceived");
            assertThat(spans.get(0).getAttributesList().toString())
                    .contains("accepted_spans")
                    .contains("internal");
            assertThat(spans.get(1).getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
            assertThat(spans.get(1).getStatus().getMessage()).isEqualTo("no");
            assertThat(spans.get(1).getAttributesList().toString()).contains("failed_log_records");
            assertThat(spans.get(2).getEventsList())
                    .singleElement()
                    .satisfies(event -> assertThat(event.getName()).isEqualTo("exception"));
            assertThat(spans).extracting(Span::getTraceId).doesNotHaveDuplicates();
        }
    }

    @Test
    void samplersDecideWhichWorkIsTold() throws Exception {
        TracesConfig.None yes = TracesConfig.None.DEFAULT;
        TracesConfig.Ratio none = new TracesConfig.Ratio(0);
        record Expected(TracesConfig.Sampler sampler, boolean kept) {}
        for (Expected expected : List.of(
                new Expected(new TracesConfig.Sampler(yes, null, null, null), true),
                new Expected(new TracesConfig.Sampler(null, yes, null, null), false),
                new Expected(new TracesConfig.Sampler(null, null, none, null), false),
                new Expected(new TracesConfig.Sampler(null, null, null, TracesConfig.ParentBased.DEFAULT), true),
                new Expected(
                        new TracesConfig.Sampler(
                                null,
                                null,
                                null,
                                new TracesConfig.ParentBased(new TracesConfig.RootSampler(null, yes, null))),
                        false),
                new Expected(
                        new TracesConfig.Sampler(
                                null,
                                null,
                                null,
                                new TracesConfig.ParentBased(new TracesConfig.RootSampler(null, null, none))),
                        false),
                new Expected(
                        new TracesConfig.Sampler(
                                null,
                                null,
                                null,
                                new TracesConfig.ParentBased(new TracesConfig.RootSampler(yes, null, null))),
                        true))) {
            RecordingConsumer consumer = new RecordingConsumer();
            telemetry = SelfTelemetry.of(
                    traces(expected.sampler, Blocks.simple(new PushExporter(null, PushExporter.Console.DEFAULT))),
                    IDENTITY,
                    _ -> grpc,
                    consumer);
            await(telemetry.tracer().sent(OTLP, Requests.numbered(Signal.LOGS, 1), _ -> Outcome.accepted()));
            end();
            assertThat(consumer.batches()).as("%s", expected.sampler).hasSize(expected.kept ? 1 : 0);
        }
    }

    private static TelemetryConfig traces(TracesConfig.Sampler sampler, ProcessorConfig... processors) {
        TracesConfig traces = new TracesConfig(
                TracesConfig.Level.BASIC,
                List.of(TracesConfig.Propagator.TRACECONTEXT),
                List.of(processors),
                sampler,
                TracesConfig.Limits.DEFAULT);
        return new TelemetryConfig(LogsConfig.DEFAULT, Blocks.metrics(Level.NONE), traces, ResourceConfig.DEFAULT);
    }
}
