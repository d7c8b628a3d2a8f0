package dev.sluice.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.Problem;
import dev.sluice.yaml.YamlReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigProblemsTest {
    @Test
    void problemShowsPlaceMessageHintLineAndCaret() {
        assertThat(rendered("processors:\n  batch:\n    send_bacth_size: 5 # äöü\n"))
                .contains("""
                x.yaml:3:5: 'processors' error reading configuration for "batch": decoding failed due to the following error(s):

                'batchprocessor.Config' has invalid keys: send_bacth_size; did you mean "send_batch_size"?
                    3 |     send_bacth_size: 5 # äöü
                      |     ^^^^^^^^^^^^^^^""".indent(0).stripTrailing());
    }

    @Test
    void problemsAreGivenByPathAndComeOutByPosition() throws Exception {
        ConfigNode tree = YamlReader.read("c", "a:\n  b: [x, y]\nc: {d: 1}\n");
        ConfigProblems problems = new ConfigProblems(tree);
        problems.error(List.of("c", "d"), "fourth");
        problems.error(List.of("a", "b", "1"), "third");
        problems.error(List.of("a", "b", "7", "deeper"), "second");
        problems.error(List.of("nowhere"), "first");
        problems.error(List.of("nowhere"), "first");
        problems.warn(List.of("a"), "warned");
        assertThat(problems.errors().stream().map(Problem::toString))
                .containsExactly("c:1:1: first", "c:2:3: second", "c:2:10: third", "c:3:5: fourth");
        assertThat(problems.warnings().stream().map(Problem::toString)).containsExactly("c:1:1: warned");
        assertThat(problems.hasErrors()).isTrue();
    }

    @Test
    void sourceWithoutLinesHasNoSnippet() {
        assertThat(new ConfigException(new ConfigProblems(ConfigNode.MapNode.empty())))
                .hasMessage("");
        assertThat(rendered(""))
                .isEqualTo(
                        "x.yaml:1:1: empty configuration file\nx.yaml:1:1: service::pipelines: service must have at least one pipeline");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exporters:\n  otlp_grpc: {headers: {x: hunter2}, bogus: 1}",
                "exporters:\n  otlp_grpc: {headers: {x: \"hunter2\"}, bogus: 1}",
                "exporters:\n  otlp_grpc: {headers: [{name: x, value: hunter2}], bogus: 1}",
                "exporters:\n  otlp_grpc: {tls: {ca_pem: hunter2}, bogus: 1}",
                "exporters:\n  otlp_grpc:\n    tls: {ca_pme: hunter2}",
                "exporters:\n  otlp_grpc:\n    password: hunter2",
                "exporters:\n  otlp_grpc:\n    api_key: hunter2 hunter2",
                "exporters:\n  otlp_grpc:\n    headers: {authorization: [Bearer hunter2]}",
                "exporters:\n  otlp_grpc:\n    endpont: http://me:hunter2@there",
                "exporters:\n  otlp_grpc:\n    headers: {x: 1, y: hunter2}",
                "exporters:\n  password: [hunter2\nb: c",
                "processors:\n  kinds: {secret: hunter2, integer: x}",
                "processors:\n  kinds: {secret: '${env:SECRET}', integer: '${env:SECRET}'}",
                "processors:\n  kinds: {secret: '${yaml:hunter2}', integer: x}",
            })
    void secretsNeverShow(String text) {
        String rendered = rendered(text);
        assertThat(rendered).contains("x.yaml:").doesNotContain("hunter2");
    }

    @Test
    void caretStaysInPlaceBehindARedactedValue() {
        assertThat(rendered("exporters:\n  otlp_grpc: {headers: {x: hunter2}, bogus: 1}"))
                .endsWith("    2 |   otlp_grpc: {headers: {x: [REDACTED]}, bogus: 1}\n"
                        + "      |                                         ^^^^^");
    }

    private static String rendered(String text) {
        ConfigSources memory = ConfigSources.text("x.yaml", text);
        Map<String, ConfigProvider> providers = new HashMap<>(Providers.standard(Map.of("SECRET", "hunter2")));
        providers.put("file", memory.providers().get("file"));
        ConfigSources sources = new ConfigSources(memory.locations(), List.of(), providers);
        return catchThrowableOfType(
                        ConfigException.class,
                        () -> ConfigLoader.load(sources, TestComponents.FACTORIES, FeatureGates.DEFAULT))
                .getMessage();
    }
}
