package dev.sluice.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.Problems;
import dev.sluice.engine.telemetry.MetricsConfig.Level;
import dev.sluice.engine.telemetry.MetricsConfig.Pull;
import dev.sluice.engine.telemetry.MetricsConfig.PullExporter;
import dev.sluice.engine.telemetry.MetricsConfig.Reader;
import dev.sluice.engine.telemetry.PushExporter.Console;
import dev.sluice.engine.telemetry.PushExporter.Otlp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TelemetryConfigTest {
    @Test
    void withoutAnyKeyMetricsAreServedAsTheCollectorServesThem() {
        assertThat(TelemetryConfig.DEFAULT.metrics().level()).isEqualTo(Level.NORMAL);
        assertThat(TelemetryConfig.DEFAULT.metrics().readers()).singleElement().satisfies(reader -> {
            MetricsConfig.Prometheus prometheus = reader.pull().exporter().prometheus();
            assertThat(prometheus.host()).isEqualTo("localhost");
            assertThat(prometheus.port()).isEqualTo(8888);
        });
        assertThat(problems(TelemetryConfig.DEFAULT.metrics()::validate)).isEmpty();
        assertThat(problems(TelemetryConfig.DEFAULT.logs()::validate)).isEmpty();
        assertThat(problems(TelemetryConfig.DEFAULT.traces()::validate)).isEmpty();
        assertThat(problems(TelemetryConfig.DEFAULT.resource()::validate)).isEmpty();
    }

    @Test
    void metricsWithoutReadersAreRefusedUnlessTheLevelIsNone() {
        assertThat(problems(new MetricsConfig(Level.BASIC, List.of(), List.of())::validate))
                .containsExactly("collector telemetry metrics reader should exist when metric level is not none");
        assertThat(problems(new MetricsConfig(Level.NONE, List.of(), List.of())::validate))
                .isEmpty();
    }

    @Test
    void viewsNeedTheLevelDetailed() {
        List<Reader> readers = MetricsConfig.DEFAULT.readers();
        List<ViewConfig> views = List.of(ViewConfig.DEFAULT);
        assertThat(problems(new MetricsConfig(Level.NORMAL, readers, views)::validate))
                .containsExactly(
                        "service::telemetry::metrics::views can only be set when service::telemetry::metrics::level is detailed");
        assertThat(problems(new MetricsConfig(Level.DETAILED, readers, views)::validate))
                .isEmpty();
        assertThat(problems(ViewConfig.DEFAULT::validate)).containsExactly("selector: empty selector is invalid");
    }

    @Test
    void aReaderIsExactlyOneThing() {
        Pull pull = new Pull(new PullExporter(MetricsConfig.Prometheus.DEFAULT));
        MetricsConfig.Periodic periodic =
                new MetricsConfig.Periodic(1000, 1000, new PushExporter(null, Console.DEFAULT));

        assertThat(problems(Reader.DEFAULT::validate)).containsExactly("no valid metric reader");
        assertThat(problems(new Reader(pull, periodic)::validate))
                .containsExactly("must not specify multiple metric reader type");
        assertThat(problems(Pull.DEFAULT::validate)).containsExactly("exporter: no valid metric exporter");
        assertThat(problems(MetricsConfig.Periodic.DEFAULT::validate))
                .containsExactly("exporter: no valid metric exporter");
        assertThat(problems(
                        new MetricsConfig.Periodic(0, 0, new PushExporter(Otlp.DEFAULT, Console.DEFAULT))::validate))
                .containsExactly(
                        "interval: 'interval' must be positive",
                        "timeout: 'timeout' must be positive",
                        "exporter: must not specify multiple exporters");
        assertThat(problems(new MetricsConfig.Prometheus("x", 70000, true, true, true, null, null)::validate))
                .containsExactly("port: invalid port \"70000\"");
    }

    @Test
    void aLokiHasAUrlAndNamesThatItTakes() {
        assertThat(problems(new LokiLogsConfig(
                        "loki:3100", "a|b", Map.of("a.b", "c"), Map.of(), 0, 0, "", "", "key.pem")::validate))
                .containsExactly(
                        "endpoint: 'endpoint' must be a URL of http or https",
                        "tenant: `a|b` is no tenant of Loki",
                        "labels::a.b: `a.b` is no label name: Loki takes letters, digits and underscores",
                        "timeout: 'timeout' must be positive",
                        "schedule_delay: 'schedule_delay' must be positive",
                        "client_certificate: 'client_certificate' and 'client_key' must be set together");
        assertThat(problems(new LokiLogsConfig("not a url", "", Map.of(), Map.of(), 1, 1, "", "", "")::validate))
                .hasSize(1);
        assertThat(problems(
                        new LokiLogsConfig(
                                        "https://loki/loki/api/v1/push",
                                        "a",
                                        Map.of("a_b", "c"),
                                        Map.of(),
                                        1,
                                        1,
                                        "",
                                        "",
                                        "")::validate))
                .isEmpty();
    }

    @Test
    void aProcessorIsExactlyOneThingWithOneExporter() {
        PushExporter both = new PushExporter(Otlp.DEFAULT, Console.DEFAULT);
        ProcessorConfig.Batch batch = ProcessorConfig.Batch.DEFAULT;
        ProcessorConfig.Simple simple = ProcessorConfig.Simple.DEFAULT;

        assertThat(problems(logs(
                        new ProcessorConfig(batch, simple),
                        ProcessorConfig.DEFAULT,
                        new ProcessorConfig(null, simple),
                        new ProcessorConfig(null, new ProcessorConfig.Simple(both)))::validate))
                .containsExactly(
                        "processors::0: must not specify multiple log processor type",
                        "processors::1: unsupported log processor type, must be one of simple or batch",
                        "processors::2: no valid log exporter",
                        "processors::3: must not specify multiple exporters");
        TracesConfig traces = new TracesConfig(
                TracesConfig.Level.BASIC,
                List.of(),
                List.of(ProcessorConfig.DEFAULT),
                null,
                TracesConfig.Limits.DEFAULT);
        assertThat(problems(traces::validate))
                .containsExactly("processors::0: unsupported span processor type, must be one of simple or batch");
    }

    @Test
    void numbersOutOfRangeAreNamed() {
        assertThat(problems(new ProcessorConfig.Batch(0, 10, 5, -1, PushExporter.DEFAULT)::validate))
                .containsExactly(
                        "export_timeout: 'export_timeout' must be positive",
                        "schedule_delay: 'schedule_delay' must be positive",
                        "max_export_batch_size: 'max_export_batch_size' must not be greater than 'max_queue_size'");
        assertThat(problems(new TracesConfig.Ratio(1.5)::validate))
                .containsExactly("ratio: 'ratio' must be within [0, 1]");
        assertThat(problems(new ViewConfig.Exponential(21, 1, true)::validate))
                .containsExactly(
                        "max_scale: 'max_scale' must be within [-10, 20]", "max_size: 'max_size' must be at least 2");
        assertThat(problems(new ViewConfig.Buckets(List.of(1.0, 1.0), true)::validate))
                .containsExactly("boundaries: 'boundaries' must be ascending");
        assertThat(problems(
                        new ResourceConfig(List.of(ResourceConfig.Attribute.DEFAULT), "", null, "", Map.of())
                                ::validate))
                .containsExactly("attributes::0: attribute name must not be empty");
        Otlp d = Otlp.DEFAULT;
        assertThat(problems(new Otlp(
                        d.protocol(),
                        "",
                        false,
                        Map.of(),
                        "",
                        d.compression(),
                        -1,
                        "",
                        "cert.pem",
                        "",
                        d.temporalityPreference(),
                        d.defaultHistogramAggregation())::validate))
                .containsExactly(
                        "timeout: 'timeout' must be non-negative",
                        "client_certificate: 'client_certificate' and 'client_key' must be set together");
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

    private static List<String> problems(Consumer<Problems> validation) {
        List<String> found = new ArrayList<>();
        validation.accept(new Problems() {
            @Override
            public void add(String message) {
                found.add(message);
            }

            @Override
            public void at(String key, String message) {
                found.add(key + ": " + message);
            }
        });
        return found;
    }
}
