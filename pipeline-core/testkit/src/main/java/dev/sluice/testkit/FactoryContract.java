package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ConnectorFactory;
import dev.sluice.api.ExporterFactory;
import dev.sluice.api.ExtensionFactory;
import dev.sluice.api.ProcessorFactory;
import dev.sluice.api.ReceiverFactory;
import dev.sluice.api.config.Doc;
import io.vertx.core.Vertx;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * What holds of every component, checked for all factories that {@link ServiceLoader} finds: names, documentation, defaults, lifecycle,
 * and that outcomes come back through it. One test class in each module of components calls {@link #of} from a {@code @TestFactory}.
 *
 * <p>Components are started with their default configuration; addresses in it to listen on get port 0. Where that is not enough a
 * {@link Case} says what to change.
 */
public final class FactoryContract {
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    private static final Pattern ALIAS = Pattern.compile("[a-zA-Z][0-9a-zA-Z_]{0,62}");

    private FactoryContract() {}

    /**
     * What one component needs beyond its defaults.
     *
     * @param component kind and type, such as {@code receiver/otlp}
     * @param problems what the default configuration, which then is not complete, must be told
     * @param config makes the configuration to start with
     * @param context adds to the surroundings, such as an extension
     * @param answersLater the outcome of a batch is not that of the next stage: the component keeps batches back
     */
    public record Case(
            String component,
            List<String> problems,
            UnaryOperator<Object> config,
            UnaryOperator<TestContext> context,
            boolean answersLater) {
        public static Case of(String component) {
            return new Case(component, List.of(), UnaryOperator.identity(), UnaryOperator.identity(), false);
        }

        /** The default configuration is refused with these texts, each {@code path: message}. */
        public Case incomplete(String... texts) {
            return new Case(component, List.of(texts), config, context, answersLater);
        }

        /** Start with the optional block at a path such as {@code protocols::http}, at its defaults. */
        public Case present(String path) {
            return change(old -> ConfigRecords.present(old, path));
        }

        /** Start with a value at a path such as {@code protocols::http::endpoint}. */
        public Case with(String path, Object value) {
            return change(old -> ConfigRecords.with(old, path, value));
        }

        public Case context(UnaryOperator<TestContext> change) {
            return new Case(component, problems, config, change, answersLater);
        }

        /** The component answers before the next stage does, or gathers batches. */
        public Case keepsBack() {
            return new Case(component, problems, config, context, true);
        }

        private Case change(UnaryOperator<Object> change) {
            return new Case(component, problems, old -> change.apply(config.apply(old)), context, answersLater);
        }
    }

    /** The checks of all factories there are. Close the stream to let go of what they ran on, as JUnit does. */
    public static Stream<DynamicTest> of(Case... cases) {
        List<ComponentFactory<?>> factories = new ArrayList<>();
        for (ComponentFactory<?> factory : ServiceLoader.load(ComponentFactory.class)) {
            factories.add(factory);
        }
        return of(factories, cases);
    }

    static Stream<DynamicTest> of(List<ComponentFactory<?>> factories, Case... cases) {
        Map<String, Case> byComponent = new LinkedHashMap<>();
        for (Case one : cases) {
            byComponent.put(one.component, one);
        }
        List<DynamicTest> tests = new ArrayList<>();
        Vertx vertx = Vertx.vertx();
        for (ComponentFactory<?> factory : factories) {
            String component = kind(factory) + "/" + factory.type().name();
            Case one = byComponent.remove(component);
            tests.addAll(tests(component, factory, one != null ? one : Case.of(component), vertx));
        }
        tests.add(dynamicTest(
                "every case belongs to a factory",
                () -> assertThat(byComponent.keySet()).isEmpty()));
        return tests.stream().onClose(() -> close(vertx));
    }

    private static List<DynamicTest> tests(String component, ComponentFactory<?> factory, Case one, Vertx vertx) {
        LifecycleContract lifecycle = new LifecycleContract(factory, one, vertx);
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(dynamicTest(component + ": names follow the rules", () -> names(factory)));
        tests.add(dynamicTest(component + ": a README stands beside the sources", () -> readme(factory.getClass())));
        tests.add(dynamicTest(component + ": every option is documented", () -> options(factory)));
        tests.add(dynamicTest(component + ": the defaults are as they say", () -> defaults(factory, one)));
        tests.add(dynamicTest(component + ": stops without having started", lifecycle::stopsUnstarted));
        tests.add(dynamicTest(component + ": stops twice and leaves no timer", lifecycle::startsAndStopsTwice));
        if (factory instanceof ProcessorFactory || factory instanceof ConnectorFactory) {
            tests.add(dynamicTest(component + ": passes outcomes on", lifecycle::passesOutcomesOn));
        }
        return tests;
    }

    static String kind(ComponentFactory<?> factory) {
        return switch (factory) {
            case ReceiverFactory<?> _ -> "receiver";
            case ProcessorFactory<?> _ -> "processor";
            case ExporterFactory<?> _ -> "exporter";
            case ConnectorFactory<?> _ -> "connector";
            case ExtensionFactory<?> _ -> "extension";
        };
    }

    private static void names(ComponentFactory<?> factory) {
        assertThat(factory.type().name()).as("type").matches(TYPE);
        assertThat(factory.type().aliases())
                .as("aliases")
                .allMatch(alias -> ALIAS.matcher(alias).matches());
        assertThat(factory.type().aliases())
                .as("aliases")
                .doesNotContain(factory.type().name());
        assertThat(factory.summary()).as("summary").isNotBlank().doesNotContain("\n");
        assertThat(Modifier.isFinal(factory.getClass().getModifiers()))
                .as("the factory is final")
                .isTrue();
        assertThat(factory.getClass().getSimpleName()).endsWith("Factory");
        assertThat(factory.defaultConfig().getClass().getSimpleName()).endsWith("Config");
        assertThat(factory.signals().isEmpty())
                .as("only extensions work for no signal")
                .isEqualTo(factory instanceof ExtensionFactory);
    }

    private static void readme(Class<?> factory) throws URISyntaxException {
        Path built = Path.of(
                factory.getProtectionDomain().getCodeSource().getLocation().toURI());
        // Either target/classes, perhaps target/test-classes, or the jar in target: the sources of all are beside
        // target.
        Path sources = built.resolve("../../src/main/java").normalize();
        Path readme =
                sources.resolve(factory.getPackageName().replace('.', '/')).resolve("README.md");
        assertThat(readme).exists();
        assertThat(readme)
                .content()
                .contains("<!-- options -->")
                .contains("<!-- /options -->")
                .contains("```yaml");
    }

    private static void options(ComponentFactory<?> factory) {
        List<String> wrong = new ArrayList<>();
        for (Class<?> type : ConfigRecords.reachable(factory.defaultConfig().getClass())) {
            for (RecordComponent component : type.getRecordComponents()) {
                String where = type.getSimpleName() + "." + component.getName();
                Doc doc = component.getAnnotation(Doc.class);
                if (doc == null || doc.value().isBlank()) {
                    wrong.add(where + " has no @Doc");
                }
                if (!ConfigRecords.allowed(component.getGenericType())) {
                    wrong.add(where + " is of a type that configurations do not have: " + component.getGenericType());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void defaults(ComponentFactory<?> factory, Case one) {
        Record config = factory.defaultConfig();
        assertThat(ConfigRecords.defaultOf(config.getClass())).as("DEFAULT").isEqualTo(config);
        List<String> wrong = new ArrayList<>();
        for (Class<?> type : ConfigRecords.reachable(config.getClass())) {
            Object standard = ConfigRecords.defaultOf(type);
            if (standard == null) {
                wrong.add(type.getName() + " has no public static final DEFAULT");
                continue;
            }
            Arrays.stream(type.getRecordComponents())
                    .filter(component -> !ConfigRecords.nullable(component))
                    .filter(component -> ConfigRecords.value(standard, component) == null)
                    .forEach(component -> wrong.add(type.getName() + "." + component.getName() + " is null"));
        }
        assertThat(wrong).isEmpty();
        List<String> problems = new ArrayList<>();
        ConfigRecords.problems(config, "", problems);
        assertThat(problems)
                .as("problems of the default configuration")
                .containsExactlyInAnyOrderElementsOf(one.problems);
        List<String> ofCase = new ArrayList<>();
        ConfigRecords.problems(one.config.apply(config), "", ofCase);
        assertThat(ofCase).as("problems of the configuration to start with").isEmpty();
    }

    private static void close(Vertx vertx) {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("Vert.x does not close", e);
        }
    }
}
