package dev.sluice.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.ConfigNode.MapNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTest {
    /** First | second | result; documents in flow style. */
    @ParameterizedTest(name = "{0} under {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{a: {b: 1, c: 2}} | {a: {c: 3, d: 4}} | {a: {b: 1, c: 3, d: 4}}",
                "{a: [1, 2]}       | {a: [3]}          | {a: [3]}",
                "{a: 1}            | {a: {b: 2}}       | {a: {b: 2}}",
                "{a: {b: 1}}       | {a: }             | {a: null}",
                "{a: {b: 1}}       | {a: {}}           | {a: {b: 1}}",
                "{a: 1}            | {b: 2}            | {a: 1, b: 2}",
                "{a: 1}            | ~                 | {a: 1}",
                "{a::b: 1}         | {a: {c: 2}}       | {a: {b: 1, c: 2}}",
                "{a::b: 1, a::c: 2}| {a::b: 3}         | {a: {b: 3, c: 2}}",
            })
    void laterDocumentLiesOverEarlier(String first, String second, String expected) {
        assertThat(merged(false, List.of(), first, second)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} under {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{service: {extensions: [a]}} | {service: {extensions: [a, b]}} | {service: {extensions: [a, b]}}",
                "{service: {p: {t: {receivers: [a], exporters: [x]}}}} | {service: {p: {t: {receivers: [b], exporters: [y]}}}} "
                        + "| {service: {p: {t: {receivers: [a, b], exporters: [x, y]}}}}",
                "{service: {p: {t: {processors: [a]}}}} | {service: {p: {t: {processors: [b]}}}} | {service: {p: {t: {processors: [b]}}}}",
                "{receivers: {a: {l: [1]}}} | {receivers: {a: {l: [2]}}} | {receivers: {a: {l: [2]}}}",
            })
    void gateMakesListsOfComponentsGrow(String first, String second, String expected) {
        assertThat(merged(true, List.of(), first, second)).isEqualTo(expected);
    }

    @Test
    void setLiesOverAllFiles() {
        assertThat(merged(false, List.of("a.b.c=v", "a.b.d=[1, x]", "e=k=v"), "{a: {b: {c: 1, z: 2}}}"))
                .isEqualTo("{a: {b: {c: v, z: 2, d: [1, x]}}, e: k=v}");
    }

    @Test
    void laterBareSectionDeletesAllOfIt() {
        assertThat(Loading.errors(() -> Loading.load(Map.of(), FeatureGates.DEFAULT, List.of(), """
                        receivers: {nop: }
                        processors: {batch: }
                        exporters: {nop: }
                        service: {pipelines: {traces: {receivers: [nop], processors: [batch], exporters: [nop]}}}
                        """, "processors:\n")))
                .isEqualTo("service::pipelines::traces: references processor \"batch\" which is not configured");
    }

    @Test
    void positionsAreThoseOfTheSourceThatWon() {
        try {
            Loading.load(
                    Map.of(),
                    FeatureGates.DEFAULT,
                    List.of("processors.batch.tmeout=5s"),
                    """
                    receivers: {nop: }
                    processors: {batch: }
                    exporters: {nop: }
                    service: {pipelines: {traces: {receivers: [nop], exporters: [nop]}}}
                    """,
                    "processors: {batch: {send_batch_size: x}}");
        } catch (ConfigException e) {
            assertThat(e.problems().errors().stream()
                            .map(p -> p.mark().toString())
                            .toList())
                    .containsExactly("--set:1:1", "1:1:39");
            return;
        }
        throw new AssertionError("loaded");
    }

    @Test
    void sourcesThatCannotBeReadAreNamed() {
        assertThat(Loading.errors(() -> ConfigLoader.load(
                        new ConfigSources(
                                List.of("/nope/x.yaml", "foo:bar", "flie:x", "yaml:a: [", "yaml:- a"),
                                List.of("nothing"),
                                Providers.standard(Map.of())),
                        TestComponents.FACTORIES,
                        FeatureGates.DEFAULT)))
                .contains(
                        "unable to read the file file:/nope/x.yaml: open /nope/x.yaml: no such file or directory",
                        "scheme \"foo\" is not supported for uri \"foo:bar\"",
                        "missing equal sign",
                        "yaml: ",
                        "retrieved value (type=[]interface {}) cannot be used as a Conf");
    }

    private static String merged(boolean append, List<String> sets, String... texts) {
        Map<String, String> files = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (String text : texts) {
            names.add("f" + names.size());
            files.put(names.getLast(), text);
        }
        ConfigSources memory = ConfigSources.texts(files, names);
        ConfigProblems problems = new ConfigProblems(MapNode.empty());
        ConfigNode tree = new SourceReader(new ConfigSources(names, sets, memory.providers()), problems, append).read();
        assertThat(problems.render()).isEmpty();
        return flow(tree);
    }

    private static String flow(ConfigNode node) {
        return switch (node) {
            case MapNode map ->
                map.entries().entrySet().stream()
                        .map(entry ->
                                entry.getKey() + ": " + flow(entry.getValue().value()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case ConfigNode.ListNode list ->
                list.items().stream().map(MergeTest::flow).collect(Collectors.joining(", ", "[", "]"));
            case ConfigNode.Scalar scalar -> scalar.text();
            case ConfigNode.Null _ -> "null";
            case ConfigNode.Expanded expanded -> flow(expanded.value());
        };
    }
}
