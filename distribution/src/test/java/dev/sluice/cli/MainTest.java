package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class MainTest extends Invoked {
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
                "test rules | missing argument: FILE",
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
    void aVariableThatIsNotSetIsNamedWhereAnErrorMayComeOfIt() throws Exception {
        assertThat(run("validate", "--config", "env:SLUICE_TEST_UNSET")).isEqualTo(1);
        assertThat(text(err))
                .startsWith("Warning: env:SLUICE_TEST_UNSET: Configuration references unset environment variable"
                        + " \"SLUICE_TEST_UNSET\"\nError: env:SLUICE_TEST_UNSET: empty configuration file\n");
        err.reset();
        assertThat(run("validate", "--config", "env:SLUICE_TEST_UNSET", "--config", file(GOOD)))
                .isZero();
        assertThat(text(err)).startsWith("Warning: env:SLUICE_TEST_UNSET: ");
        err.reset();
        String config = file(GOOD.replace("http://localhost:1", "${env:SLUICE_TEST_UNSET}/x"));
        assertThat(run("validate", "--config", config)).isEqualTo(1);
        assertThat(text(err))
                .startsWith("Warning: " + config + ":3:")
                .contains("\"SLUICE_TEST_UNSET\"\nError: " + config + ":3:");
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

    @ParameterizedTest
    @ValueSource(strings = {"validate", "check rules", "test rules", "test promql", "slo generate", "dashboards"})
    void everyCommandHasAHelp(String command) {
        for (String flag : List.of("--help", "-h")) {
            assertThat(run((command + " " + flag).split(" "))).isZero();
            assertThat(text(out)).startsWith("Usage: sluice " + command + " [-h]");
            assertThat(text(err)).isEmpty();
        }
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
}
