package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets get into a run in every way there is, and nothing that comes out of it has them. */
class SecretsTest {
    private static final String CANARY = "canary-7f3a9c";
    private static final Map<String, String> ENVIRONMENT = Map.of("CANARY", CANARY);

    @TempDir
    private Path folder;

    @Test
    void neitherLogNorPagesNorMetricsNorPrintedConfigurationsShowThem() throws Exception {
        int own = Loopback.freePort();
        int pages = Loopback.freePort();
        Path config = Files.writeString(
                folder.resolve("config.yaml"), """
                    receivers:
                      jvm: {initial_delay: 1ms, collection_interval: 100ms}
                    exporters:
                      otlp_http:
                        endpoint: http://127.0.0.1:%1$d
                        headers: {api-key: "${env:CANARY}", authorization: "Bearer ${CANARY}"}
                        retry_on_failure: {enabled: false}
                      otlp_grpc:
                        endpoint: 127.0.0.1:%1$d
                        tls: {insecure: true}
                        headers: [{name: api-key, value: %2$s}]
                        retry_on_failure: {enabled: false}
                      debug: {verbosity: detailed}
                    extensions:
                      zpages: {endpoint: "127.0.0.1:%3$d"}
                    service:
                      extensions: [zpages]
                      pipelines:
                        metrics: {receivers: [jvm], exporters: [otlp_http, otlp_grpc, debug]}
                      telemetry:
                        logs: {level: debug}
                        metrics:
                          level: detailed
                          readers:
                            - pull: {exporter: {prometheus: {host: 127.0.0.1, port: %4$d}}}
                            - periodic:
                                interval: 100
                                exporter: {otlp: {endpoint: "http://127.0.0.1:%1$d", headers: {api-key: "${env:CANARY}"}}}
                    """.formatted(Loopback.freePort(), CANARY, pages, own));
        try (Child child = Child.sluice(ENVIRONMENT, "--config", config.toString())) {
            child.await("Everything is ready.");
            // Both exporters have tried and failed by then.
            child.await("otlp_http");
            child.await("otlp_grpc");
            assertThat(Loopback.get(own, "/metrics", "*/*"))
                    .contains("otelcol_exporter_send_failed")
                    .doesNotContain(CANARY);
            for (String page : List.of("servicez", "pipelinez", "extensionz", "featurez", "tracez", "expvarz")) {
                assertThat(Loopback.get(pages, "/debug/" + page, "*/*")).doesNotContain(CANARY);
            }
            Files.writeString(
                    config,
                    Files.readString(config).replace("api-key: \"${env:CANARY}\"", "api-key: [\"${env:CANARY}\"]"));
            child.signal("HUP");
            child.await("Failed to reload the configuration.");
            child.signal("TERM");
            assertThat(child.exit()).isZero();
            assertThat(child.output()).contains("otlp_http").doesNotContain(CANARY);
        }
    }

    @Test
    void problemsHideTheSecretsThatStandInTheirLines() throws Exception {
        Path config = Files.writeString(folder.resolve("config.yaml"), """
            receivers: {nop: }
            exporters:
              otlp_http: {endpoint: "http://localhost:1", headers: {api-key: %s}, nope: 1}
            service:
              pipelines: {traces: {receivers: [nop], exporters: [otlp_http]}}
            """.formatted(CANARY));
        for (String command : List.of("validate", "print-config")) {
            try (Child child = Child.sluice(ENVIRONMENT, command, "--config", config.toString())) {
                assertThat(child.exit()).isEqualTo(1);
                assertThat(child.output()).contains("has invalid keys: nope").doesNotContain(CANARY);
            }
        }
    }
}
