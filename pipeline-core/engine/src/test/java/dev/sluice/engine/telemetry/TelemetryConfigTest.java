package dev.sluice.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.telemetry.MetricsConfig.Level;
import dev.sluice.engine.telemetry.MetricsConfig.Pull;
import dev.sluice.engine.telemetry.MetricsConfig.PullExporter;
import dev.sluice.engine.telemetry.MetricsConfig.Reader;
import dev.sluice.engine.telemetry.PushExporter.Console;
import dev.sluice.engine.telemetry.PushExporter.Otlp;
import dev.sluice.testkit.Configs;
import java.util.List;
import java.util.Map;
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
        assertThat(Configs.problems(TelemetryConfig.DEFAULT.metrics())).isEmpty();
        assertThat(Configs.problems(TelemetryConfig.DEFAULT.logs())).isEmpty();
        assertThat(Configs.problems(TelemetryConfig.DEFAULT.traces())).isEmpty();
        assertThat(Configs.problems(TelemetryConfig.DEFAULT.resource())).isEmpty();
    }

    @Test
    void metricsWithoutReadersAreRefusedUnlessTheLevelIsNone() {
        assertThat(Configs.problems(new MetricsConfig(Level.BASIC, List.of(), List.of())))
                .containsExactly("collector telemetry metrics reader should exist when metric level is not none");
        assertThat(Configs.problems(new MetricsConfig(Level.NONE, List.of(), List.of())))
                .isEmpty();
    }

    @Test
    void viewsNeedTheLevelDetailed() {
        List<Reader> readers = MetricsConfig.DEFAULT.readers();
        List<ViewConfig> views = List.of(ViewConfig.DEFAULT);
        assertThat(Configs.problems(new MetricsConfig(Level.NORMAL, readers, views)))
                .containsExactly(
                        "service::telemetry::metrics::views can only be set when service::telemetry::metrics::level is detailed");
        assertThat(Configs.problems(new MetricsConfig(Level.DETAILED, readers, views)))
                .isEmpty();
        assertThat(Configs.problems(ViewConfig.DEFAULT)).containsExactly("selector: empty selector is invalid");
    }

    @Test
    void aReaderIsExactlyOneThing() {
        Pull pull = new Pull(new PullExporter(MetricsConfig.Prometheus.DEFAULT));
        MetricsConfig.Periodic periodic =
                new MetricsConfig.Periodic(1000, 1000, new PushExporter(null, Console.DEFAULT));

        assertThat(Configs.problems(Reader.DEFAULT)).containsExactly("no valid metric reader");
        assertThat(Configs.problems(new Reader(pull, periodic)))
                .containsExactly("must not specify multiple metric reader type");
        assertThat(Configs.problems(Pull.DEFAULT)).containsExactly("exporter: no valid metric exporter");
        assertThat(Configs.problems(MetricsConfig.Periodic.DEFAULT))
                .containsExactly("exporter: no valid metric exporter");
        assertThat(Configs.problems(new MetricsConfig.Periodic(0, 0, new PushExporter(Otlp.DEFAULT, Console.DEFAULT))))
                .containsExactly(
                        "interval: 'interval' must be positive",
                        "timeout: 'timeout' must be positive",
                        "exporter: must not specify multiple exporters");
        assertThat(Configs.problems(new MetricsConfig.Prometheus("x", 70000, true, true, true, null, null)))
                .containsExactly("port: invalid port \"70000\"");
    }

    @Test
    void aLokiHasAUrlAndNamesThatItTakes() {
        assertThat(Configs.problems(
                        new LokiLogsConfig("loki:3100", "a|b", Map.of("a.b", "c"), Map.of(), 0, 0, "", "", "key.pem")))
                .containsExactly(
                        "endpoint: 'endpoint' must be a URL of http or https",
                        "tenant: `a|b` is no tenant of Loki",
                        "labels::a.b: `a.b` is no label name: Loki takes letters, digits and underscores",
                        "timeout: 'timeout' must be positive",
                        "schedule_delay: 'schedule_delay' must be positive",
                        "client_certificate: 'client_certificate' and 'client_key' must be set together");
        assertThat(Configs.problems(new LokiLogsConfig("not a url", "", Map.of(), Map.of(), 1, 1, "", "", "")))
                .hasSize(1);
        assertThat(Configs.problems(new LokiLogsConfig(
                        "https://loki/loki/api/v1/push", "a", Map.of("a_b", "c"), Map.of(), 1, 1, "", "", "")))
                .isEmpty();
    }

    @Test
    void aProcessorIsExactlyOneThingWithOneExporter() {
        PushExporter both = new PushExporter(Otlp.DEFAULT, Console.DEFAULT);
        ProcessorConfig.Batch batch = ProcessorConfig.Batch.DEFAULT;
        ProcessorConfig.Simple simple = ProcessorConfig.Simple.DEFAULT;

        List<ProcessorConfig> processors = List.of(
                new ProcessorConfig(batch, simple),
                ProcessorConfig.DEFAULT,
                new ProcessorConfig(null, simple),
                new ProcessorConfig(null, new ProcessorConfig.Simple(both)));
        assertThat(Configs.problems(Configs.with(LogsConfig.DEFAULT, "processors", processors)))
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
        assertThat(Configs.problems(traces))
                .containsExactly("processors::0: unsupported span processor type, must be one of simple or batch");
    }

    @Test
    void numbersOutOfRangeAreNamed() {
        assertThat(Configs.problems(new ProcessorConfig.Batch(0, 10, 5, -1, PushExporter.DEFAULT)))
                .containsExactly(
                        "export_timeout: 'export_timeout' must be positive",
                        "schedule_delay: 'schedule_delay' must be positive",
                        "max_export_batch_size: 'max_export_batch_size' must not be greater than 'max_queue_size'");
        assertThat(Configs.problems(new TracesConfig.Ratio(1.5)))
                .containsExactly("ratio: 'ratio' must be within [0, 1]");
        assertThat(Configs.problems(new ViewConfig.Exponential(21, 1, true)))
                .containsExactly(
                        "max_scale: 'max_scale' must be within [-10, 20]", "max_size: 'max_size' must be at least 2");
        assertThat(Configs.problems(new ViewConfig.Buckets(List.of(1.0, 1.0), true)))
                .containsExactly("boundaries: 'boundaries' must be ascending");
        assertThat(Configs.problems(
                        new ResourceConfig(List.of(ResourceConfig.Attribute.DEFAULT), "", null, "", Map.of())))
                .containsExactly("attributes::0: attribute name must not be empty");
        assertThat(Configs.problems(Configs.with(Otlp.DEFAULT, "timeout", -1, "client_certificate", "cert.pem")))
                .containsExactly(
                        "timeout: 'timeout' must be non-negative",
                        "client_certificate: 'client_certificate' and 'client_key' must be set together");
    }
}
