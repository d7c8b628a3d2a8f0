package dev.sluice.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ComponentId;
import dev.sluice.api.Meters;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.api.config.Secret;
import dev.sluice.engine.telemetry.MetricsConfig.Level;
import dev.sluice.engine.telemetry.MetricsConfig.Periodic;
import dev.sluice.engine.telemetry.MetricsConfig.Prometheus;
import dev.sluice.engine.telemetry.MetricsConfig.Pull;
import dev.sluice.engine.telemetry.MetricsConfig.PullExporter;
import dev.sluice.engine.telemetry.MetricsConfig.Reader;
import dev.sluice.engine.telemetry.PushExporter.Compression;
import dev.sluice.engine.telemetry.PushExporter.HistogramAggregation;
import dev.sluice.engine.telemetry.PushExporter.Otlp;
import dev.sluice.engine.telemetry.PushExporter.Protocol;
import dev.sluice.engine.telemetry.PushExporter.Temporality;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.RecordingConsumer;
import dev.sluice.testkit.Requests;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SelfTelemetryTest {
    private static final Identity IDENTITY = new Identity("sluice", "0.1.0", "instance-1");
    private static final ComponentId OTLP = ComponentId.parse("otlp");
    private static Vertx vertx;

    private final RecordingConsumer grpc = new RecordingConsumer();
    private final RecordingConsumer console = new RecordingConsumer();
    private final List<Otlp> opened = new ArrayList<>();
    private SelfTelemetry telemetry;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void stop() throws Exception {
        await(telemetry.stop(vertx));
        await(telemetry.stop(vertx));
    }

    @Test
    void metricsAreServedUnderTheCollectorsNames() throws Exception {
        start(metrics(Level.NORMAL, pull(true, null)), ResourceConfig.DEFAULT);
        Meters meters = telemetry.of("receiver", OTLP, Map.of("transport", "http"));
        meters.counter(
                        "receiver_accepted_spans",
                        "{spans}",
                        "Number of spans successfully pushed into the pipeline. [Alpha]",
                        Map.of())
                .add(3);
        telemetry
                .of("exporter", OTLP, Map.of("data_type", "traces"))
                .gauge(
                        "exporter_queue_size",
                        "{batches}",
                        "Current size of the retry queue (in batches). [Alpha]",
                        Map.of())
                .set(7);
        Meters.Histogram histogram = telemetry
                .of("processor", ComponentId.parse("batch"), Map.of())
                .histogram(
                        "processor_batch_batch_send_size",
                        "{units}",
                        "Number of units in the batch [Development]",
                        Map.of(),
                        10,
                        25);
        histogram.record(5);
        histogram.record(30);

        HttpResponse<String> response =
                get("/metrics", "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
        assertThat(response.body())
                .contains("""
                        # HELP otelcol_receiver_accepted_spans Number of spans successfully pushed into the pipeline. [Alpha]
                        # TYPE otelcol_receiver_accepted_spans counter
                        otelcol_receiver_accepted_spans{receiver="otlp",transport="http"} 3
                        """)
                .contains("""
                        # HELP otelcol_exporter_queue_size Current size of the retry queue (in batches). [Alpha]
                        # TYPE otelcol_exporter_queue_size gauge
                        otelcol_exporter_queue_size{data_type="traces",exporter="otlp"} 7
                        """)
                .contains("""
                        # TYPE otelcol_processor_batch_batch_send_size histogram
                        otelcol_processor_batch_batch_send_size_bucket{processor="batch",le="10"} 1
                        otelcol_processor_batch_batch_send_size_bucket{processor="batch",le="25"} 1
                        otelcol_processor_batch_batch_send_size_bucket{processor="batch",le="+Inf"} 2
                        otelcol_processor_batch_batch_send_size_sum{processor="batch"} 35
                        otelcol_processor_batch_batch_send_size_count{processor="batch"} 2
                        """)
                .contains("""
                        # HELP target_info Target metadata
                        # TYPE target_info gauge
                        target_info{service_instance_id="instance-1",service_name="sluice",service_version="0.1.0"} 1
                        """)
                .contains("# TYPE otelcol_process_uptime counter\notelcol_process_uptime ")
                .contains("# TYPE otelcol_process_cpu_seconds counter\n")
                .contains("# TYPE otelcol_process_memory_rss gauge\n")
                .contains("# TYPE otelcol_process_runtime_heap_alloc_bytes gauge\n")
                .contains("# TYPE otelcol_process_runtime_total_alloc_bytes counter\n")
                .contains("# TYPE otelcol_process_runtime_total_sys_memory_bytes gauge\n");
        assertThat(get("/", "").statusCode()).isEqualTo(404);
    }

    @Test
    void suffixesScopesAndConstantLabelsComeWhereAskedFor() throws Exception {
        start(
                metrics(
                        Level.NORMAL,
                        pull(
                                false,
                                new MetricsConfig.IncludeExclude(
                                        List.of("service.*"), List.of("*.version", "*.i?stance.id")))),
                ResourceConfig.DEFAULT);
        telemetry.of("receiver", OTLP, Map.of()).counter("n", "s", "", Map.of()).add(1);

        assertThat(get("/metrics", "").body())
                .contains(
                        "otelcol_n_seconds_total{otel_scope_name=\"dev.sluice\",otel_scope_schema_url=\"\",otel_scope_version=\"\",receiver=\"otlp\",service_name=\"sluice\"} 1\n");
    }

    @Test
    void whatOnlyTheLevelDetailedMeasuresIsLeftOutBelowIt() throws Exception {
        start(metrics(Level.NORMAL, pull(true, null)), ResourceConfig.DEFAULT);
        telemetry
                .of("processor", OTLP, Map.of())
                .histogram("processor_batch_batch_send_size_bytes", "By", "", Map.of(), 1)
                .record(1);
        assertThat(get("/metrics", "").body()).doesNotContain("send_size_bytes");
    }

    @Test
    void viewsRenameDropAndFilter() throws Exception {
        ViewConfig.Selector renamed =
                new ViewConfig.Selector("otelcol_a*", ViewConfig.InstrumentKind.COUNTER, "", "dev.sluice", "", "");
        ViewConfig.Selector dropped = new ViewConfig.Selector("otelcol_b", null, "", "", "", "");
        ViewConfig.Selector growing = new ViewConfig.Selector("otelcol_c", null, "", "", "", "");
        ViewConfig.None none = ViewConfig.None.DEFAULT;
        MetricsConfig config = new MetricsConfig(
                Level.DETAILED,
                List.of(pull(true, null)),
                List.of(
                        new ViewConfig(
                                renamed,
                                new ViewConfig.Stream(
                                        "short",
                                        "Other text.",
                                        null,
                                        new MetricsConfig.IncludeExclude(List.of("x"), List.of()))),
                        new ViewConfig(
                                dropped,
                                new ViewConfig.Stream(
                                        "", "", new ViewConfig.Aggregation(null, none, null, null, null, null), null)),
                        new ViewConfig(
                                growing,
                                new ViewConfig.Stream(
                                        "",
                                        "",
                                        new ViewConfig.Aggregation(
                                                null,
                                                null,
                                                null,
                                                null,
                                                new ViewConfig.Buckets(List.of(2.0), false),
                                                null),
                                        null))));
        start(config, ResourceConfig.DEFAULT);
        Meters meters = telemetry.of("receiver", OTLP, Map.of());
        meters.counter("a_long_name", "", "", Map.of("x", "1", "y", "2")).add(1);
        meters.counter("b", "", "", Map.of()).add(1);
        meters.histogram("c", "", "", Map.of(), 1).record(1);

        assertThat(get("/metrics", "").body())
                .contains("# HELP short Other text.\n# TYPE short counter\nshort{x=\"1\"} 1\n")
                .contains("otelcol_c_bucket{receiver=\"otlp\",le=\"2\"} 1\n")
                .doesNotContain("otelcol_b");
    }

    @Test
    void atLevelNoneNothingListensAndNothingIsCounted() throws Exception {
        start(metrics(Level.NONE, pull(true, null)), ResourceConfig.DEFAULT);
        telemetry.of("receiver", OTLP, Map.of()).counter("n", "", "", Map.of()).add(1);
        assertThat(telemetry.prometheusPorts()).isEmpty();
        assertThat(telemetry.tracer()).isNull();
        assertThat(telemetry.exportsLogs()).isFalse();
    }

    @Test
    void aTakenPortIsToldInTheCollectorsWords() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            Prometheus prometheus = new Prometheus("127.0.0.1", taken.getLocalPort(), true, true, true, null, null);
            telemetry = make(new TelemetryConfig(
                    LogsConfig.DEFAULT,
                    metrics(Level.BASIC, new Reader(new Pull(new PullExporter(prometheus)), null)),
                    TracesConfig.DEFAULT,
                    ResourceConfig.DEFAULT));
            assertThatThrownBy(() -> await(telemetry.start(vertx)))
                    .hasMessageContaining(
                            "binding address 127.0.0.1:" + taken.getLocalPort() + " for Prometheus exporter: ");
        }
    }

    @Test
    void metricsLeaveOverHttpWithPathHeadersAndCompression() throws Exception {
        try (Intake intake = new Intake()) {
            Otlp otlp = otlp(Protocol.HTTP_PROTOBUF, intake.address(), Temporality.DELTA);
            start(metrics(Level.NORMAL, push(otlp, null)), ResourceConfig.DEFAULT);
            telemetry
                    .of("receiver", OTLP, Map.of())
                    .counter("n", "", "", Map.of())
                    .add(2);
            telemetry
                    .of("receiver", OTLP, Map.of())
                    .histogram("h", "", "", Map.of(), 1)
                    .record(1);
            await(telemetry.stop(vertx));

            Intake.Request request = intake.next();
            assertThat(request.path()).isEqualTo("/v1/metrics");
            assertThat(request.headers())
                    .containsEntry("X-own", List.of("secret"))
                    .containsEntry("X-listed", List.of("1"));
            List<Metric> sent = metrics(request.body().toByteArray());
            assertThat(sent)
                    .filteredOn(metric -> metric.getName().equals("otelcol_n"))
                    .singleElement()
                    .satisfies(metric -> {
                        assertThat(metric.getSum().getDataPoints(0).getAsInt()).isEqualTo(2);
                        assertThat(metric.getSum().getAggregationTemporality())
                                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
                    });
            assertThat(sent)
                    .filteredOn(metric -> metric.getName().equals("otelcol_h"))
                    .singleElement()
                    .satisfies(metric ->
                            assertThat(metric.hasExponentialHistogram()).isTrue());
        }
    }

    @Test
    void metricsForGrpcGoToOurOwnExporterAndForTheConsoleToIt() throws Exception {
        Otlp otlp = otlp(Protocol.GRPC, "localhost:4317", Temporality.LOW_MEMORY);
        start(
                metrics(Level.NORMAL, push(otlp, null), push(null, PushExporter.Console.DEFAULT)),
                ResourceConfig.DEFAULT);
        telemetry.of("receiver", OTLP, Map.of()).counter("n", "", "", Map.of()).add(2);
        await(telemetry.stop(vertx));

        assertThat(opened).containsExactly(otlp);
        for (RecordingConsumer consumer : List.of(grpc, console)) {
            assertThat(metrics(consumer.merged(Signal.METRICS)))
                    .filteredOn(metric -> metric.getName().equals("otelcol_n"))
                    .singleElement()
                    .satisfies(metric -> assertThat(
                                    metric.getSum().getDataPoints(0).getAsInt())
                            .isEqualTo(2));
        }
    }

    @Test
    void theLogIsSentWhereAProcessorSaysSo() throws Exception {
        try (Intake intake = new Intake()) {
            ProcessorConfig batch = new ProcessorConfig(
                    new ProcessorConfig.Batch(
                            1000,
                            10,
                            10,
                            60_000,
                            new PushExporter(
                                    otlp(Protocol.HTTP_PROTOBUF, intake.address(), Temporality.CUMULATIVE), null)),
                    null);
            ProcessorConfig simple = new ProcessorConfig(
                    null,
                    new ProcessorConfig.Simple(
                            new PushExporter(otlp(Protocol.GRPC, "", Temporality.CUMULATIVE), null)));
            telemetry = make(new TelemetryConfig(
                    logs(batch, simple), metrics(Level.NONE), TracesConfig.DEFAULT, ResourceConfig.DEFAULT));
            await(telemetry.start(vertx));

            telemetry
                    .openTelemetry()
                    .getLogsBridge()
                    .get("dev.sluice")
                    .logRecordBuilder()
                    .setBody("started")
                    .emit();
            await(telemetry.stop(vertx));

            assertThat(telemetry.exportsLogs()).isTrue();
            Intake.Request request = intake.next();
            assertThat(request.path()).isEqualTo("/v1/logs");
            for (byte[] body : List.of(request.body().toByteArray(), grpc.merged(Signal.LOGS))) {
                assertThat(ExportLogsServiceRequest.parseFrom(body)
                                .getResourceLogs(0)
                                .getScopeLogs(0)
                                .getLogRecords(0)
                                .getBody()
                                .getStringValue())
                        .isEqualTo("started");
            }
        }
    }

    @Test
    void workMakesSpansOfWhatBecameOfABatch() throws Exception {
        try (Intake intake = new Intake()) {
            telemetry = make(new TelemetryConfig(
                    LogsConfig.DEFAULT,
                    metrics(Level.NONE),
                    traces(
                            null,
                            new ProcessorConfig(
                                    null,
                                    new ProcessorConfig.Simple(
                                            new PushExporter(otlp(Protocol.GRPC, "", Temporality.CUMULATIVE), null))),
                            new ProcessorConfig(
                                    new ProcessorConfig.Batch(
                                            1000,
                                            10,
                                            10,
                                            60_000,
                                            new PushExporter(
                                                    otlp(
                                                            Protocol.HTTP_PROTOBUF,
                                                            intake.address(),
                                                            Temporality.CUMULATIVE),
                                                    null)),
                                    null)),
                    ResourceConfig.DEFAULT));
            WorkTracer tracer = telemetry.tracer();

            Telemetry batch = Requests.numbered(Signal.TRACES, 1);
            await(tracer.received(OTLP, batch, _ -> Outcome.accepted()));
            Outcome refusal = Outcome.permanent(Outcome.Reason.INVALID, "no");
            await(tracer.sent(OTLP, Requests.numbered(Signal.LOGS, 1), _ -> Future.succeededFuture(refusal)));
            Future<Outcome> bug =
                    tracer.received(OTLP, Requests.numbered(Signal.METRICS, 1), _ -> Future.failedFuture("bug"));
            assertThat(bug.failed()).isTrue();
            await(telemetry.stop(vertx));

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
                    new TelemetryConfig(
                            LogsConfig.DEFAULT,
                            metrics(Level.NONE),
                            traces(
                                    expected.sampler,
                                    new ProcessorConfig(
                                            null,
                                            new ProcessorConfig.Simple(
                                                    new PushExporter(null, PushExporter.Console.DEFAULT)))),
                            ResourceConfig.DEFAULT),
                    IDENTITY,
                    _ -> grpc,
                    consumer);
            await(telemetry.tracer().sent(OTLP, Requests.numbered(Signal.LOGS, 1), _ -> Outcome.accepted()));
            await(telemetry.stop(vertx));
            assertThat(consumer.batches()).as("%s", expected.sampler).hasSize(expected.kept ? 1 : 0);
        }
    }

    @Test
    void aRefusalOrABugOfTheOwnExporterIsAFailedExport() {
        telemetry = make(TelemetryConfig.DEFAULT);
        List<Future<Outcome>> answers = List.of(
                Future.succeededFuture(Outcome.permanent(Outcome.Reason.INVALID, "no")), Future.failedFuture("bug"));
        for (Future<Outcome> answer : answers) {
            TelemetryConsumer consumer = _ -> answer;
            assertThat(new WireSink(consumer)
                            .spans()
                            .export(List.of())
                            .join(1, TimeUnit.SECONDS)
                            .isSuccess())
                    .isFalse();
        }
    }

    @Test
    void theResourceTakesBothFormsAndANullTakesAway() throws Exception {
        Map<String, String> map = new java.util.HashMap<>();
        map.put("service.instance.id", null);
        map.put("k8s.pod.name", "pod-1");
        start(
                metrics(Level.NORMAL, pull(true, null)),
                new ResourceConfig(
                        List.of(
                                new ResourceConfig.Attribute("service.name", "mine", null),
                                new ResourceConfig.Attribute("written", 5L, null),
                                new ResourceConfig.Attribute("open", true, null),
                                new ResourceConfig.Attribute("part", 0.25, null),
                                new ResourceConfig.Attribute("ratio", "0.5", ResourceConfig.ValueType.DOUBLE),
                                new ResourceConfig.Attribute("count", "5", ResourceConfig.ValueType.INT),
                                new ResourceConfig.Attribute("yes", "true", ResourceConfig.ValueType.BOOL)),
                        "",
                        null,
                        "https://schema",
                        map));
        assertThat(get("/metrics", "").body())
                .contains(
                        "target_info{count=\"5\",k8s_pod_name=\"pod-1\",open=\"true\",part=\"0.25\",ratio=\"0.5\",service_name=\"mine\",service_version=\"0.1.0\",written=\"5\",yes=\"true\"} 1\n");
        assertThat(telemetry.resource())
                .contains(
                        Map.entry("count", "5"),
                        Map.entry("k8s.pod.name", "pod-1"),
                        Map.entry("service.name", "mine"),
                        Map.entry("yes", "true"))
                .doesNotContainKey("service.instance.id");
    }

    @Test
    void anAttributeThatIsNoNumberIsNamed() {
        telemetry = make(TelemetryConfig.DEFAULT);
        ResourceConfig wrong = new ResourceConfig(
                List.of(new ResourceConfig.Attribute("count", "many", ResourceConfig.ValueType.INT)),
                "",
                null,
                "",
                Map.of());
        assertThatThrownBy(() -> SelfResource.of(IDENTITY, wrong))
                .hasMessage("service::telemetry::resource: attribute \"count\" is not a number: many");
    }

    @Test
    void endpointsGetSchemeAndPathWhereTheyLackThem() {
        telemetry = make(TelemetryConfig.DEFAULT);
        assertThat(List.of(
                        url("", false),
                        url("host:1", false),
                        url("host:1", true),
                        url("https://host/", true),
                        url("http://host/x/y", false)))
                .containsExactly(
                        "http://localhost:4318/v1/logs",
                        "https://host:1/v1/logs",
                        "http://host:1/v1/logs",
                        "https://host/v1/logs",
                        "http://host/x/y");
    }

    @Test
    void aMissingCertificateIsNamed() {
        telemetry = make(TelemetryConfig.DEFAULT);
        Otlp d = Otlp.DEFAULT;
        Otlp otlp = new Otlp(
                d.protocol(),
                "",
                false,
                Map.of(),
                "",
                d.compression(),
                0,
                "/no/such.pem",
                "",
                "",
                d.temporalityPreference(),
                d.defaultHistogramAggregation());
        assertThatThrownBy(() -> new PushExporters(_ -> grpc, console)
                        .spans(new PushExporter(otlp, null), Duration.ofSeconds(1)))
                .hasMessage("service::telemetry: /no/such.pem cannot be read");
    }

    @Test
    void theBlockForOurOwnExporterSaysTheSame() {
        telemetry = make(TelemetryConfig.DEFAULT);
        assertThat(OtlpGrpcBlock.of(otlp(Protocol.GRPC, "host:1", Temporality.CUMULATIVE)))
                .containsEntry("endpoint", "host:1")
                .containsEntry("tls", Map.of("insecure", true))
                .containsEntry("headers", Map.of("x-own", "secret", "x-listed", "1"))
                .containsEntry("compression", "gzip")
                .containsEntry("timeout", "10000ms")
                .containsEntry("sending_queue", Map.of("enabled", false));
        Otlp d = Otlp.DEFAULT;
        assertThat(OtlpGrpcBlock.of(new Otlp(
                        d.protocol(),
                        "",
                        false,
                        Map.of(),
                        "",
                        d.compression(),
                        0,
                        "ca",
                        "cert",
                        "key",
                        d.temporalityPreference(),
                        d.defaultHistogramAggregation())))
                .containsEntry("endpoint", "localhost:4317")
                .containsEntry(
                        "tls", Map.of("insecure", true, "ca_file", "ca", "cert_file", "cert", "key_file", "key"));
    }

    @Test
    void withoutTheKernelsFileResidentMemoryIsZero() {
        telemetry = make(TelemetryConfig.DEFAULT);
        assertThat(ProcessMetrics.residentBytes(Path.of("/no/such/file"))).isZero();
        assertThat(ProcessMetrics.residentBytes(Path.of("/proc/self/status"))).isPositive();
    }

    private void start(MetricsConfig metrics, ResourceConfig resource) throws Exception {
        telemetry = make(new TelemetryConfig(LogsConfig.DEFAULT, metrics, TracesConfig.DEFAULT, resource));
        await(telemetry.start(vertx));
    }

    private SelfTelemetry make(TelemetryConfig config) {
        return SelfTelemetry.of(
                config,
                IDENTITY,
                otlp -> {
                    opened.add(otlp);
                    return grpc;
                },
                console);
    }

    private HttpResponse<String> get(String path, String accept) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + telemetry.prometheusPorts().getFirst() + path));
        if (!accept.isEmpty()) {
            request.header("Accept", accept);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String url(String endpoint, boolean insecure) {
        Otlp d = Otlp.DEFAULT;
        return PushExporters.url(
                new Otlp(
                        d.protocol(),
                        endpoint,
                        insecure,
                        Map.of(),
                        "",
                        d.compression(),
                        0,
                        "",
                        "",
                        "",
                        d.temporalityPreference(),
                        d.defaultHistogramAggregation()),
                "/v1/logs");
    }

    private static Reader pull(boolean bare, MetricsConfig.IncludeExclude constant) {
        return new Reader(
                new Pull(new PullExporter(new Prometheus("127.0.0.1", 0, bare, bare, bare, null, constant))), null);
    }

    private static Reader push(Otlp otlp, PushExporter.Console console) {
        return new Reader(null, new Periodic(60_000, 5_000, new PushExporter(otlp, console)));
    }

    private static MetricsConfig metrics(Level level, Reader... readers) {
        return new MetricsConfig(level, List.of(readers), List.of());
    }

    private static TracesConfig traces(TracesConfig.Sampler sampler, ProcessorConfig... processors) {
        return new TracesConfig(
                TracesConfig.Level.BASIC,
                List.of(TracesConfig.Propagator.TRACECONTEXT),
                List.of(processors),
                sampler,
                TracesConfig.Limits.DEFAULT);
    }

    private static LogsConfig logs(ProcessorConfig... processors) {
        LogsConfig d = LogsConfig.DEFAULT;
        return new LogsConfig(
                d.level(),
                d.encoding(),
                false,
                false,
                false,
                d.sampling(),
                d.outputPaths(),
                d.errorOutputPaths(),
                Map.of(),
                List.of(processors),
                null,
                false);
    }

    private static Otlp otlp(Protocol protocol, String endpoint, Temporality temporality) {
        return new Otlp(
                protocol,
                endpoint,
                true,
                Map.of("x-own", new Secret("secret")),
                "x-listed=1,x-own=overridden",
                Compression.GZIP,
                10_000,
                "",
                "",
                "",
                temporality,
                HistogramAggregation.BASE2_EXPONENTIAL_BUCKET_HISTOGRAM);
    }

    private static List<Metric> metrics(byte[] request) throws Exception {
        List<Metric> metrics = new ArrayList<>();
        ExportMetricsServiceRequest.parseFrom(request)
                .getResourceMetricsList()
                .forEach(resource ->
                        resource.getScopeMetricsList().forEach(scope -> metrics.addAll(scope.getMetricsList())));
        return metrics;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
