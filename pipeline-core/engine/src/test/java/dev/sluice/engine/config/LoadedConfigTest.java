package dev.sluice.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ComponentId;
import dev.sluice.api.PipelineId;
import dev.sluice.otlp.Signal;
import dev.sluice.yaml.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadedConfigTest {
    private static final String TEXT = """
            receivers:
              filelog/a:
              otlp: {protocols: {grpc: , http: {tls: {ca_pem: hush}}}}
            processors:
              kinds: {text: "0o17", maybe_text: "yes", duration: 90m, attributes: {a: "5", b: $$x}}
            exporters:
              otlp: {endpoint: "a:1", headers: {k: hush}}
            connectors:
              spanmetrics:
            extensions:
              basicauth:
            service:
              extensions: [basicauth]
              pipelines:
                traces/x:
                  receivers: [filelog/a, otlp]
                  processors: [kinds]
                  exporters: [otlp, spanmetrics]
                metrics:
                  receivers: [spanmetrics]
                  exporters: [otlp_grpc]
            """;

    @Test
    void idsCarryNewTypeNamesEverywhere() throws Exception {
        LoadedConfig loaded = Loading.load(Map.of(), TEXT);
        assertThat(loaded.receivers()).containsOnlyKeys(id("file_log/a"), id("otlp"));
        assertThat(loaded.exporters()).containsOnlyKeys(id("otlp_grpc"));
        assertThat(loaded.connectors()).containsOnlyKeys(id("span_metrics"));
        assertThat(loaded.service().extensions()).containsExactly(id("basic_auth"));
        assertThat(loaded.service().pipelines().get(new PipelineId(Signal.TRACES, "x")))
                .isEqualTo(new PipelineConfig(
                        List.of(id("file_log/a"), id("otlp")),
                        List.of(id("kinds")),
                        List.of(id("otlp_grpc"), id("span_metrics"))));
        assertThat(loaded.service()
                        .pipelines()
                        .get(new PipelineId(Signal.METRICS, ""))
                        .exporters())
                .containsExactly(id("otlp_grpc"));
        Configured exporter = loaded.exporters().get(id("otlp_grpc"));
        assertThat(exporter.id()).isEqualTo(id("otlp_grpc"));
        assertThat(exporter.factory().type().name()).isEqualTo("otlp_grpc");
        assertThat(loaded.warnings())
                .containsExactly(
                        "0:2:3: \"filelog\" alias is deprecated; use \"file_log\" instead",
                        "0:7:3: \"otlp\" alias is deprecated; use \"otlp_grpc\" instead",
                        "0:9:3: \"spanmetrics\" alias is deprecated; use \"span_metrics\" instead",
                        "0:11:3: \"basicauth\" alias is deprecated; use \"basic_auth\" instead");
    }

    @Test
    void laterProblemsFindTheirPlaceByTheIdsInUse() throws Exception {
        ConfigProblems problems =
                new ConfigProblems(Loading.load(Map.of(), TEXT).tree());
        problems.error(List.of("connectors", "span_metrics"), "unused");
        problems.error(List.of("service", "pipelines", "traces/x", "exporters", "1"), "here");
        assertThat(problems.errors().stream().map(Problem::toString)).containsExactly("0:9:3: unused", "0:18:25: here");
    }

    @Test
    void printedConfigurationHasEveryDefaultAndLoadsAgain() throws Exception {
        LoadedConfig loaded = Loading.load(Map.of(), TEXT.replace("$$x", "x"));
        String yaml = ConfigPrinter.unredacted().yaml(loaded);
        LoadedConfig again = Loading.load(Map.of(), yaml);
        assertThat(again.receivers()).isEqualTo(loaded.receivers());
        assertThat(again.processors()).isEqualTo(loaded.processors());
        assertThat(again.exporters()).isEqualTo(loaded.exporters());
        assertThat(again.service()).isEqualTo(loaded.service());
        assertThat(again.warnings()).isEmpty();
        assertThat(yaml).contains("text: \"0o17\"", "maybe_text: 'yes'", "duration: 1h30m", "timeout: 5s", "hush");
    }

    /** In records they have no order, and two prints of one configuration are to be the same. */
    @Test
    void mapsArePrintedByKey() throws Exception {
        LoadedConfig loaded = Loading.load(Map.of(), Loading.kindsText("attributes: {b: x, c: x, a: x}"));
        assertThat(ConfigPrinter.redacted().yaml(loaded)).containsSubsequence("attributes:", "a: x", "b: x", "c: x");
    }

    @Test
    void redactedFormsHideSecretsByType() throws Exception {
        LoadedConfig loaded = Loading.load(Map.of(), TEXT);
        assertThat(ConfigPrinter.redacted().yaml(loaded))
                .contains("k: '[REDACTED]'")
                .doesNotContain("hush");
        assertThat(ConfigPrinter.redacted().json(loaded))
                .contains("\"k\": \"[REDACTED]\"", "\"receivers\": {\n    \"file_log/a\": {}")
                .doesNotContain("hush");
        assertThat(ConfigPrinter.unredacted().json(loaded)).contains("\"k\": \"hush\"");
    }

    private static ComponentId id(String text) {
        return ComponentId.parse(text);
    }
}
