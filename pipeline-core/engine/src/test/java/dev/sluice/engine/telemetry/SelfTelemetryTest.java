package dev.sluice.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ComponentId;
import dev.sluice.api.Meters;
import dev.sluice.engine.telemetry.MetricsConfig.Level;
import dev.sluice.engine.telemetry.MetricsConfig.Prometheus;
import dev.sluice.engine.telemetry.MetricsConfig.Pull;
import dev.sluice.engine.telemetry.MetricsConfig.PullExporter;
import dev.sluice.engine.telemetry.MetricsConfig.Reader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a scrape sees. */
class SelfTelemetryTest extends SelfTelling {
    @Test
    void metricsAreServedUnderTheCollectorsNames() throws Exception {
        start(Blocks.metrics(Level.NORMAL, Blocks.pull(true, null)), ResourceConfig.DEFAULT);
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
                Blocks.metrics(
                        Level.NORMAL,
                        Blocks.pull(
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
        start(Blocks.metrics(Level.NORMAL, Blocks.pull(true, null)), ResourceConfig.DEFAULT);
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
                List.of(Blocks.pull(true, null)),
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
        start(Blocks.metrics(Level.NONE, Blocks.pull(true, null)), ResourceConfig.DEFAULT);
        telemetry.of("receiver", OTLP, Map.of()).counter("n", "", "", Map.of()).add(1);
        assertThat(telemetry.prometheusPorts()).isEmpty();
        assertThat(telemetry.tracer()).isNull();
        assertThat(telemetry.exportsLogs()).isFalse();
    }

    @Test
    void aTakenPortIsToldInTheCollectorsWords() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            Prometheus prometheus = new Prometheus("127.0.0.1", taken.getLocalPort(), true, true, true, null, null);
            MetricsConfig config =
                    Blocks.metrics(Level.BASIC, new Reader(new Pull(new PullExporter(prometheus)), null));
            assertThatThrownBy(() -> start(config, ResourceConfig.DEFAULT))
                    .hasMessageEndingWith("binding address 127.0.0.1:" + taken.getLocalPort()
                            + " for Prometheus exporter: listen tcp 127.0.0.1:" + taken.getLocalPort()
                            + ": bind: address already in use");
        }
    }

    @Test
    void theResourceTakesBothFormsAndANullTakesAway() throws Exception {
        Map<String, String> map = new java.util.HashMap<>();
        map.put("service.instance.id", null);
        map.put("k8s.pod.name", "pod-1");
        start(
                Blocks.metrics(Level.NORMAL, Blocks.pull(true, null)),
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

    private void start(MetricsConfig metrics, ResourceConfig resource) throws Exception {
        start(new TelemetryConfig(LogsConfig.DEFAULT, metrics, TracesConfig.DEFAULT, resource));
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
}
