package dev.sluice.cli.docs;

import dev.sluice.api.ComponentFactory;
import dev.sluice.engine.config.ConfigDocs;
import dev.sluice.engine.config.Factories;
import dev.sluice.engine.config.Factories.Kind;
import dev.sluice.engine.telemetry.TelemetryConfig;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is generated from the code must not fall behind it. */
class DocsTest {
    private static final Factories FACTORIES = Factories.load();

    static Stream<ComponentFactory<?>> factories() {
        return FACTORIES.all().stream();
    }

    @ParameterizedTest
    @MethodSource("factories")
    void theReadmeOfAComponentHasItsOptions(ComponentFactory<?> factory) throws Exception {
        Repository.holds(home(factory), "options", ConfigDocs.optionTable(factory));
    }

    @Test
    void theListOfComponentsIsComplete() throws Exception {
        Repository.holds("docs/components.md", ConfigDocs.components(FACTORIES));
    }

    @Test
    void theFrontPageNamesEveryComponent() throws Exception {
        StringBuilder table = new StringBuilder("| kind | components |\n|---|---|\n");
        for (Kind kind : Kind.values()) {
            String names = FACTORIES.of(kind).stream()
                    .map(factory -> "[`" + factory.type().name() + "`](" + home(factory) + ")")
                    .collect(Collectors.joining(" · "));
            if (!names.isEmpty()) {
                table.append("| ")
                        .append(kind.section())
                        .append(" | ")
                        .append(names)
                        .append(" |\n");
            }
        }
        Repository.holds("README.md", "components", table.toString());
    }

    /** The components of the core distribution, by the manifest of otelcol 0.158. */
    @Test
    void thePageAboutCompatibilitySaysWhichCoreComponentsExist() throws Exception {
        Map<Kind, List<String>> core = new EnumMap<>(Kind.class);
        core.put(Kind.RECEIVER, List.of("otlp", "nop", "hostmetrics", "jaeger", "kafka", "prometheus", "zipkin"));
        core.put(
                Kind.PROCESSOR,
                List.of(
                        "batch",
                        "memory_limiter",
                        "attributes",
                        "resource",
                        "span",
                        "probabilistic_sampler",
                        "filter"));
        core.put(
                Kind.EXPORTER,
                List.of(
                        "debug",
                        "nop",
                        "otlp",
                        "otlphttp",
                        "file",
                        "kafka",
                        "prometheus",
                        "prometheusremotewrite",
                        "zipkin"));
        core.put(Kind.CONNECTOR, List.of("forward"));
        core.put(Kind.EXTENSION, List.of("zpages", "health_check", "pprof", "memory_limiter"));
        StringBuilder table = new StringBuilder("| | exist | do not yet |\n|---|---|---|\n");
        core.forEach((kind, types) -> {
            Map<Boolean, String> found = types.stream()
                    .collect(Collectors.partitioningBy(
                            type -> FACTORIES.find(kind, type) != null,
                            Collectors.mapping(type -> "`" + type + "`", Collectors.joining(", "))));
            table.append("| ")
                    .append(kind.section())
                    .append(" | ")
                    .append(found.get(true))
                    .append(" | ")
                    .append(found.get(false))
                    .append(" |\n");
        });
        Repository.holds("docs/compatibility.md", "core", table.toString());
    }

    @Test
    void theSchemaForEditorsIsThatOfTheComponents() throws Exception {
        Repository.holds("docs/config.schema.json", ConfigDocs.schema(FACTORIES));
    }

    @Test
    void theConfigurationPageHasTheOptionsOfOwnTelemetry() throws Exception {
        Repository.holds("docs/configuration.md", "options", ConfigDocs.optionTable(TelemetryConfig.DEFAULT));
    }

    private static String home(ComponentFactory<?> factory) {
        return Kind.of(factory).section() + "/src/main/java/"
                + factory.getClass().getPackageName().replace('.', '/') + "/README.md";
    }
}
