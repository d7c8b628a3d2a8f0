package dev.sluice.cli.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;

/**
 * The modules of architecture.md §2 with what each may use: other modules of ours, and packages of others. {@code java.} and the annotations
 * are free to all.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lists are List.of
enum House {
    GOTEXT("gotext", List.of(), List.of()),
    OTLP("otlp", List.of(GOTEXT), List.of("com.fasterxml.jackson.core")),
    API("api", List.of(OTLP), List.of("io.vertx", "org.slf4j")),
    PROMETHEUS("prometheus", List.of(GOTEXT, OTLP), List.of()),
    PROMQL("promql", List.of(GOTEXT), List.of("com.google.re2j")),
    YAML("yaml", List.of(), List.of("org.yaml.snakeyaml")),
    TRANSPORT(
            "transport",
            List.of(GOTEXT, OTLP, API),
            List.of("io.vertx", "io.netty", "org.slf4j", "com.github.luben.zstd")),
    SLO(
            "slo",
            List.of(GOTEXT, OTLP, API, PROMETHEUS, PROMQL, TRANSPORT, YAML),
            List.of("io.vertx", "org.slf4j", "com.fasterxml.jackson.core")),
    ENGINE(
            "engine",
            List.of(GOTEXT, OTLP, API, PROMETHEUS, YAML),
            List.of("io.vertx", "org.slf4j", "org.yaml.snakeyaml", "io.opentelemetry", "com.sun.management")),
    RECEIVERS("receivers", List.of(OTLP, API, TRANSPORT), List.of("io.vertx", "org.slf4j", "com.sun.management")),
    PROCESSORS("processors", List.of(GOTEXT, OTLP, API, SLO), List.of("io.vertx", "org.slf4j", "com.sun.management")),
    EXPORTERS(
            "exporters",
            List.of(GOTEXT, OTLP, API, PROMETHEUS, PROMQL, TRANSPORT, SLO),
            List.of(
                    "io.vertx",
                    "org.slf4j",
                    "com.fasterxml.jackson.core",
                    "com.github.luben.zstd",
                    "io.netty.handler.codec.http")),
    CONNECTORS("connectors", List.of(OTLP, API, SLO), List.of("io.vertx", "org.slf4j")),
    EXTENSIONS(
            "extensions",
            List.of(GOTEXT, OTLP, API, TRANSPORT),
            List.of("io.vertx", "org.slf4j", "io.netty.handler.codec.http")),
    /** Knows every module, components only as what ServiceLoader finds. */
    CLI(
            "cli",
            List.of(GOTEXT, OTLP, API, ENGINE, PROMQL, SLO, YAML),
            List.of(
                    "io.vertx",
                    "org.slf4j",
                    "ch.qos.logback",
                    "com.github.loki4j",
                    "picocli",
                    "org.yaml.snakeyaml",
                    "com.fasterxml.jackson.core",
                    "io.opentelemetry"));

    private static final List<String> FOR_TESTS =
            List.of("/testkit/", "sluice-testkit", "/generator/", "sluice-generator");
    private static final List<String> FREE =
            List.of("java.", "javax.", "org.jspecify.annotations.", "com.google.auto.service.");

    private final String home;
    private final List<House> ours;
    private final List<String> theirs;

    House(String name, List<House> ours, List<String> theirs) {
        this.home = "dev.sluice." + name;
        this.ours = ours;
        this.theirs = theirs;
    }

    /** All that ships. */
    static JavaClasses classes() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> FOR_TESTS.stream().noneMatch(location::contains))
                .importPackages("dev.sluice");
    }

    /** The module of a class of ours. Fails for a package that belongs to none, so that a new module is entered here. */
    static House of(JavaClass one) {
        return Arrays.stream(values())
                .filter(module -> module.holds(one.getPackageName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(one.getName() + " is in no module that House knows"));
    }

    static List<House> components() {
        return List.of(RECEIVERS, PROCESSORS, EXPORTERS, CONNECTORS, EXTENSIONS);
    }

    String home() {
        return home;
    }

    boolean holds(String packageName) {
        return packageName.equals(home) || packageName.startsWith(home + ".");
    }

    /** Whether a class of this module may know a class by that package. */
    boolean mayUse(String packageName) {
        return packageName.isEmpty()
                || holds(packageName)
                || ours.stream().anyMatch(module -> module.holds(packageName))
                || under(packageName, FREE)
                || under(packageName, theirs);
    }

    private static boolean under(String packageName, List<String> roots) {
        return roots.stream()
                .map(root -> root.endsWith(".") ? root.substring(0, root.length() - 1) : root)
                .anyMatch(root -> packageName.equals(root) || packageName.startsWith(root + "."));
    }
}
