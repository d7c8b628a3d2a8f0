package dev.sluice.bench;

import dev.sluice.api.Exporter;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.exporters.prometheus.PrometheusExporterFactory;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.prometheus.ExpositionFormat;
import dev.sluice.prometheus.ExpositionWriter;
import dev.sluice.prometheus.Labels;
import dev.sluice.prometheus.MetricFamily;
import dev.sluice.prometheus.MetricType;
import dev.sluice.prometheus.Sample;
import dev.sluice.testkit.TestContext;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The exporter {@code prometheus}: metrics in, a scrape out. Each operation is 100 data points, or as many lines. */
@State(Scope.Benchmark)
public class PrometheusBenchmark {
    private final PrometheusExporterFactory factory = new PrometheusExporterFactory();
    private final Exporter exporter = factory.create(factory.defaultConfig(), new TestContext("prometheus"));
    private final Bytes points = Payload.of(Signal.METRICS);
    private List<MetricFamily> families = List.of();

    @Setup
    public void families() {
        List<Sample.Value> samples = IntStream.range(0, Payload.ITEMS)
                .mapToObj(i -> new Sample.Value(
                        Labels.of(
                                "http_request_method", "GET",
                                "http_response_status_code", "200",
                                "http_route", "/api/users/{id}/orders/" + i,
                                "instance", "0e6fb9d2-1c2d-4e5f-8a9b-7c3f12aa0001",
                                "job", "shop/checkout"),
                        1234.5 * i))
                .toList();
        families = List.of(new MetricFamily(
                "http_server_requests_total", MetricType.COUNTER, "Number of requests answered.", samples));
    }

    /** Points of series that are there already. */
    @Benchmark
    public Future<Outcome> intake() {
        return exporter.consume(Telemetry.of(Signal.METRICS, points, Origin.INTERNAL));
    }

    @Benchmark
    public Bytes text() {
        return ExpositionWriter.write(ExpositionFormat.TEXT, families);
    }
}
