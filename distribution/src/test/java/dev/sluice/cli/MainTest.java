package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class MainTest {
    private static final String GOOD = """
            receivers: {nop: {}}
            exporters:
              otlp_http: {endpoint: "http://localhost:1", headers: {api-key: canary}}
            service:
              pipelines:
                traces: {receivers: [nop], exporters: [otlp_http]}
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-v", "-version"})
    void versionIsOneLine(String flag) {
        assertThat(run(flag)).isZero();
        assertThat(text(out)).matches("sluice version [0-9.]+(-SNAPSHOT)?\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | at least one config flag must be provided",
                "validate | at least one config flag must be provided",
                "print-config | at least one config flag must be provided",
                "nonsense | unknown command \"nonsense\" for \"sluice\"",
                "--nonsense=1 | unknown flag: --nonsense",
                "validate --nonsense=1 | unknown flag: --nonsense",
                "validate --config | flag needs an argument: --config",
                "validate more | accepts 0 arg(s), received 1",
                "components --config=a | unknown flag: --config",
                "validate --config a --set b | invalid argument \"b\" for \"--set\" flag: missing equal sign",
                "featuregate nope | feature \"nope\" not found",
                "completion fish | no completion for the shell \"fish\": there is bash and zsh",
            })
    void aWrongCommandLineIsAnErrorInTheCollectorsWords(String arguments, String message) {
        assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(1);
        assertThat(text(err)).isEqualTo("Error: " + message + "\n");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void validateIsSilentAboutAGoodConfiguration() throws Exception {
        assertThat(run("validate", "-config", file(GOOD))).isZero();
        assertThat(text(out) + text(err)).isEmpty();
    }

    @Test
    void validateShowsEveryProblemWithItsPlaceLineAndAdvice() throws Exception {
        String config = file("""
                receivers: {nop: {}}
                exporters:
                  debug: {verbositi: basic}
                service:
                  pipelines:
                    traces: {receivers: [nop], exporters: [debug, debug/2]}
                """);
        assertThat(run("validate", "--config=" + config)).isEqualTo(1);
        assertThat(text(err)).isEqualTo("""
                Error: %1$s:3:11: 'exporters' error reading configuration for "debug": decoding failed due to the following error(s):

                'debugexporter.Config' has invalid keys: verbositi; did you mean "verbosity"?
                    3 |   debug: {verbositi: basic}
                      |           ^^^^^^^^^
                Error: %1$s:6:51: service::pipelines::traces: references exporter "debug/2" which is not configured; did you mean "debug"?
                    6 |     traces: {receivers: [nop], exporters: [debug, debug/2]}
                      |                                                   ^^^^^^^
                """.formatted(config));
    }

    @Test
    void validateKnowsWhatOnlyTheGraphShows() throws Exception {
        String config = file("""
                receivers: {nop: {}}
                exporters: {nop: {}}
                connectors: {forward: {}}
                service:
                  pipelines:
                    traces: {receivers: [nop], exporters: [forward]}
                """);
        assertThat(run("validate", "--config=" + config)).isEqualTo(1);
        assertThat(text(err))
                .contains("connector \"forward\" used as exporter in [traces] pipeline but not used in any");
    }

    @Test
    void twoThatListenAtOneAddressDoNotStart() throws Exception {
        String config = file("""
                receivers:
                  otlp: {protocols: {grpc: {endpoint: "localhost:4317"}, http: {endpoint: "localhost:4317"}}}
                  otlp/free: {protocols: {grpc: {endpoint: "localhost:0"}, http: {endpoint: "localhost:8888"}}}
                exporters: {nop: {}}
                extensions:
                  health_check: {endpoint: "localhost:0", http: {endpoint: "localhost:1"}, grpc: {endpoint: "localhost:2"}}
                  zpages: {endpoint: "localhost:2"}
                service:
                  telemetry: {metrics: {level: none}}
                  extensions: [health_check, zpages]
                  pipelines:
                    metrics: {receivers: [otlp, otlp/free], exporters: [nop]}
                """);
        assertThat(run("validate", "--config=" + config)).isZero();
        assertThat(run("--config=" + config)).isEqualTo(1);
        assertThat(text(err))
                .contains(
                        ":2:65: receivers::otlp::protocols::http::endpoint: listen localhost:4317: address already in"
                                + " use by receivers::otlp::protocols::grpc::endpoint",
                        ":7:12: extensions::zpages::endpoint: listen localhost:2: address already in use by"
                                + " extensions::health_check::grpc::endpoint")
                .doesNotContain("otlp/free", "localhost:1:");
    }

    @Test
    void noComponentStartsAtTheAddressOfTheOwnMetrics() throws Exception {
        String config = file("""
                receivers:
                  otlp: {protocols: {grpc: {endpoint: "localhost:8888"}, http: {endpoint: "localhost:8889"}}}
                exporters: {nop: {}}
                service:
                  telemetry:
                    metrics:
                      readers:
                        - pull: {exporter: {prometheus: {host: localhost, port: 8888}}}
                        - periodic: {exporter: {console: {}}}
                        - pull: {exporter: {prometheus: {host: localhost, port: 8889}}}
                  pipelines:
                    metrics: {receivers: [otlp], exporters: [nop]}
                """);
        assertThat(run("--config=" + config)).isEqualTo(1);
        assertThat(text(err))
                .contains(
                        "receivers::otlp::protocols::grpc::endpoint: listen localhost:8888: address already in use by"
                                + " service::telemetry::metrics::readers::0",
                        "receivers::otlp::protocols::http::endpoint: listen localhost:8889: address already in use by"
                                + " service::telemetry::metrics::readers::2");
    }

    @Test
    void aComponentThatDoesNotExistIsNamed() throws Exception {
        assertThat(run("validate", "--config=" + file(GOOD.replace("nop: {}", "zipkin: {}"))))
                .isEqualTo(1);
        assertThat(text(err)).contains("unknown type: \"zipkin\" for id: \"zipkin\" (valid values: [");
    }

    @Test
    void printConfigHidesSecretsUnlessTold() throws Exception {
        String config = file(GOOD);
        assertThat(run("print-config", "--config", config)).isZero();
        assertThat(text(out))
                .contains("[REDACTED]", "endpoint: http://localhost:1")
                .doesNotContain("canary");
        out.reset();
        assertThat(run("print-config", "--config", config, "--mode=unredacted", "--validate=false"))
                .isZero();
        assertThat(text(out)).contains("canary");
        out.reset();
        assertThat(run("print-initial-config", "--config", config, "--format=json"))
                .isZero();
        assertThat(text(out)).startsWith("{").contains("[REDACTED]").doesNotContain("canary");
    }

    @Test
    void printConfigKnowsTwoModesAndTwoFormats() throws Exception {
        String config = file(GOOD);
        assertThat(run("print-config", "--config", config, "--mode=open")).isEqualTo(1);
        assertThat(run("print-config", "--config", config, "--format=xml")).isEqualTo(1);
        assertThat(text(err)).isEqualTo("""
                Error: invalid mode "open": modes are: redacted, unredacted
                Error: unrecognized print format: xml
                """);
    }

    @Test
    void whatIsPrintedIsAConfigurationAgain() throws Exception {
        run("print-config", "--config", file(GOOD), "--mode=unredacted");
        assertThat(run("validate", "--config", file(text(out)))).isZero();
    }

    @Test
    void componentsAreYamlWithTheCollectorsKeys() {
        assertThat(run("components")).isZero();
        assertThat(new Yaml().<Map<String, Object>>load(text(out)))
                .containsOnlyKeys(
                        "buildinfo", "receivers", "processors", "exporters", "connectors", "extensions", "providers");
        assertThat(text(out))
                .contains("  -   name: debug\n      module: dev.sluice:sluice-exporters ")
                .contains("  -   name: forward\n      module: dev.sluice:sluice-connectors ")
                .contains("          logs-to-logs: Beta\n");
    }

    @Test
    void featureGatesAreListedAndTold() {
        assertThat(run("featuregate")).isZero();
        assertThat(text(out))
                .matches(
                        "(?s)ID +Enabled +Stage +Description\n.*service.profilesSupport +false +Alpha +Accepted; pipelines.*");
        out.reset();
        assertThat(run("featuregate", "service.profilesSupport")).isZero();
        assertThat(text(out))
                .startsWith("Feature: service.profilesSupport\nEnabled: false\nStage: Alpha\nDescription: ");
    }

    @Test
    void helpAndCompletionNameEveryCommand() {
        assertThat(run("--help")).isZero();
        assertThat(text(out))
                .contains("validate", "components", "print-config", "featuregate", "completion", "--config");
        out.reset();
        assertThat(run("help", "validate")).isZero();
        assertThat(text(out)).contains("Usage: sluice validate");
        out.reset();
        assertThat(run("completion", "zsh")).isZero();
        assertThat(text(out)).startsWith("#!/usr/bin/env bash").contains("print-config");
    }

    @Test
    void aRunThatCannotStartIsAnErrorWithItsPlace() throws Exception {
        String config = file(GOOD.replace("[nop]", "[nope]"));
        assertThat(run("--config=" + config)).isEqualTo(1);
        assertThat(text(err))
                .startsWith("Error: " + config + ":6:")
                .contains("references receiver \"nope\" which is not configured");
    }

    @Test
    void rulesAreCheckedAndTested() throws Exception {
        Path rules = Files.writeString(
                folder.resolve("rules.yml"), "groups: [{name: g, rules: [{alert: Down, expr: up == 0}]}]");
        Path bad = Files.writeString(
                folder.resolve("bad.yml"), "groups: [{name: g, rules: [{alert: Down, expr: up ==}]}]");
        String test = "rule_files: [rules.yml]\ntests: [{input_series: [{series: up, values: 0}],"
                + " alert_rule_test: [{eval_time: 0, alertname: Down, exp_alerts: [%s]}]}]";
        Path right = Files.writeString(folder.resolve("right.yml"), test.formatted("{exp_labels: {}}"));
        Path wrong = Files.writeString(folder.resolve("wrong.yml"), test.formatted(""));
        Path script = Files.writeString(folder.resolve("a.test"), "load 1m\n  x 1\n\neval instant at 0 x\n  x 1\n");

        assertThat(run("check", "rules", rules.toString())).isZero();
        assertThat(text(out)).contains("SUCCESS: 1 rules found");
        assertThat(run("check", "rules", bad.toString())).isEqualTo(1);
        assertThat(text(out)).contains("bad.yml:1:").contains("parse error: unexpected end of input");
        assertThat(run("check", "rules", "gone.yml")).isEqualTo(1);
        assertThat(run("test", "rules", right.toString())).isZero();
        assertThat(run("test", "rules", right.toString(), wrong.toString())).isEqualTo(2);
        assertThat(run("test", "rules", bad.toString())).isEqualTo(1);
        assertThat(run("test", "promql", script.toString())).isZero();
        assertThat(text(out)).contains("a.test: 1 passed, 0 failed");
        Files.writeString(script, "load 1m\n  x 1\n\neval instant at 0 x\n  x 2\n");
        assertThat(run("test", "promql", script.toString())).isEqualTo(2);
    }

    @Test
    void dashboardsOfAConfigurationAreWrittenForPipelinesObjectivesAndServices() throws Exception {
        Path slos = Files.writeString(folder.resolve("slos.yml"), """
                version: prometheus/v1
                service: shop
                slos:
                  - name: orders
                    objective: 99
                    sli: {events: {error_query: 'rate(bad[{{.window}}])', total_query: 'rate(all[{{.window}}])'}}
                    alerting: {page_alert: {disable: true}, ticket_alert: {disable: true}}
                """);
        String config = file("""
                receivers: {nop: {}}
                exporters:
                  nop: {}
                  grafana:
                    endpoint: http://localhost:1
                    datasources: {prometheus: {uid: p1, url: "http://localhost:2"}}
                processors:
                  slo: {slo_files: [%s]}
                service: {pipelines: {metrics/a: {receivers: [nop], processors: [slo], exporters: [nop]}}}
                """.formatted(slos));
        String output = folder.resolve("out").toString();
        assertThat(run("dashboards", "--config", config, "--jvm", "web/shop", "--output", output))
                .isZero();
        assertThat(text(out).lines().map(line -> line.replaceFirst("-[0-9a-f]+\\.json$", "")))
                .containsExactly(
                        output + "/dashboards/sluice-pipeline-metrics-a",
                        output + "/dashboards/sluice-jvm-web-shop",
                        output + "/dashboards/sluice-slo-shop-orders",
                        output + "/provisioning/dashboards/sluice.yaml",
                        output + "/provisioning/datasources/sluice.yaml");
        assertThat(text(out).lines().map(Path::of))
                .allSatisfy(file -> assertThat(file).isNotEmptyFile());
    }

    @Test
    void dashboardsNeedNoExporterOfThem() throws Exception {
        String output = folder.resolve("out").toString();
        assertThat(run("dashboards", "--config", file(GOOD), "--output", output))
                .isZero();
        assertThat(text(out)).contains("sluice-pipeline-traces").doesNotContain("datasources");
        assertThat(run("dashboards", "--config", file(GOOD))).isEqualTo(1);
        assertThat(text(err)).isEqualTo("Error: flag needs an argument: --output\n");
    }

    @Test
    void rulesAreHeldAgainstTelemetry() throws Exception {
        String point = "{\"asDouble\":1,\"timeUnixNano\":\"%d000000000\",\"attributes\":[{\"key\":\"http.route\","
                + "\"value\":{\"stringValue\":\"/a\"}}]}";
        String line =
                "{\"resourceMetrics\":[{\"resource\":{},\"scopeMetrics\":[{\"metrics\":[{\"name\":\"queue.length\","
                        + "\"gauge\":{\"dataPoints\":[" + point + "]}}]}]}]}\n";
        Path capture = Files.writeString(folder.resolve("capture.json"), line.formatted(1000) + line.formatted(1060));
        String rules = "groups: [{name: g, rules: [{alert: Long, expr: 'max by (path) (queue_length) > 5'}]}]";
        Path file = Files.writeString(folder.resolve("rules.yml"), rules);
        assertThat(run("check", "rules", file.toString(), "--telemetry", capture.toString()))
                .isEqualTo(2);
        assertThat(text(out)).contains("L5: Long: no series has the label path of by; they have http_route");
        out.reset();
        String config = file("""
                receivers: {nop: {}}
                exporters: {nop: {}}
                processors:
                  slo:
                    rule_files: [%s]
                    metric_aliases: [{from: queue.length, to: queue.length, attributes: {http.route: path}}]
                service: {pipelines: {metrics: {receivers: [nop], processors: [slo], exporters: [nop]}}}
                """.formatted(file));
        assertThat(run("check", "rules", file.toString(), "--telemetry", capture.toString(), "--config", config))
                .isZero();
        assertThat(text(out)).contains("SUCCESS: nothing found");
        assertThat(run("check", "rules", file.toString(), "--telemetry", file.toString()))
                .isEqualTo(1);
        assertThat(text(err)).contains("rules.yml").contains("neither");
        assertThat(run("check", "rules", file.toString(), "--telemetry", capture.toString(), "--config", file(GOOD)))
                .isEqualTo(1);
        assertThat(text(err)).contains("the configuration has no processor or connector slo");
    }

    @Test
    void whereRulesAreToBeHeldAgainstWhatComesIsAnAddressAndATime() throws Exception {
        String rules = file("groups: []");
        assertThat(run("check", "rules", rules, "--telemetry", "otlp://nowhere"))
                .isEqualTo(1);
        assertThat(text(err)).contains("must be a file, otlp://HOST:PORT or otlp+http://HOST:PORT");
        String address = "otlp+http://127.0.0.1:0";
        assertThat(run("check", "rules", rules, "--telemetry", address, "--for", "soon"))
                .isEqualTo(1);
        assertThat(text(err)).contains("invalid argument \"soon\" for \"--for\" flag");
        assertThat(run("check", "rules", rules, "--telemetry", address, "--for", "1ms"))
                .isEqualTo(1);
        assertThat(text(err)).contains("nothing has come to 127.0.0.1:0 within 1ms");
    }

    @Test
    void ruleFilesLieBesideTheConfigurationAndErrorsNameThePlacesInBoth() throws Exception {
        Path rules = Files.createDirectory(folder.resolve("rules"));
        Path bad = Files.writeString(rules.resolve("bad.yml"), """
                groups:
                - name: g
                  rules:
                  - alert: X
                    expr: 1 +
                """);
        String config = """
                receivers: {nop: {}}
                exporters: {nop: {}}
                processors:
                  slo:
                    rule_files: [%s]
                service: {pipelines: {metrics: {receivers: [nop], processors: [slo], exporters: [nop]}}}
                """;
        assertThat(run("validate", "--config", file(config.formatted("rules/*.yml"))))
                .isEqualTo(1);
        assertThat(text(err)).contains(folder.resolve("config.yaml") + ":5:", bad + ":5:14: ");
        assertThat(run("validate", "--config", file(config.formatted("gone/*.yml"))))
                .isEqualTo(1);
        assertThat(text(err)).contains("no file matches " + folder.resolve("gone/*.yml"));
        Files.writeString(bad, "groups: [{name: g, rules: [{record: x, expr: '1'}]}]");
        assertThat(run("validate", "--config", file(config.formatted("rules/*.yml"))))
                .isZero();
    }

    private int run(String... arguments) {
        return Main.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String file(String text) throws Exception {
        return Files.writeString(folder.resolve("config.yaml"), text).toString();
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
