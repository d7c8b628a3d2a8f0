package dev.sluice.engine.config;

import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ConnectorFactory;
import dev.sluice.api.ExtensionFactory;
import dev.sluice.api.Stability;
import dev.sluice.api.config.Config;
import dev.sluice.engine.config.Factories.Kind;
import dev.sluice.otlp.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The documents that are generated from the components, so that they cannot be wrong: option tables, the list of components, the schema. */
public final class ConfigDocs {
    private ConfigDocs() {}

    /** A Markdown table of all options of a component, nested ones with dots; one line that says so if there are none. */
    public static String optionTable(ComponentFactory<?> factory) {
        return optionTable(factory.defaultConfig());
    }

    /** The same for a configuration that belongs to no component, such as that of the service's own telemetry. */
    public static <C extends Record & Config> String optionTable(C defaults) {
        return new OptionTable(defaults).markdown();
    }

    /** A JSON schema (draft 2020-12) of a whole configuration file. */
    public static String schema(Factories factories) {
        return JsonText.of(new ConfigSchema(factories).schema());
    }

    /** The page {@code docs/components.md}. */
    public static String components(Factories factories) {
        StringBuilder page = new StringBuilder("""
                # Components

                Generated from the components themselves; `sluice components` prints the same for the build at hand. Old type names work and are
                warned of.
                """);
        for (Kind kind : Kind.values()) {
            List<ComponentFactory<?>> some = factories.of(kind);
            if (some.isEmpty()) {
                continue;
            }
            String title = kind.section().substring(0, 1).toUpperCase(Locale.ROOT)
                    + kind.section().substring(1);
            page.append("\n## ")
                    .append(title)
                    .append("\n\n| type | old names | stability | what it does |\n|---|---|---|---|\n");
            for (ComponentFactory<?> factory : some) {
                page.append("| ")
                        .append(link(factory, kind))
                        .append(" | ")
                        .append(factory.type().aliases().stream()
                                .map(ConfigDocs::code)
                                .collect(Collectors.joining(", ")))
                        .append(" | ")
                        .append(stability(factory))
                        .append(" | ")
                        .append(OptionTable.cell(factory.summary()))
                        .append(" |\n");
            }
        }
        return page.toString();
    }

    /** {@code stable: traces, metrics; beta: logs}. */
    private static String stability(ComponentFactory<?> factory) {
        List<String> levels = new ArrayList<>();
        for (var level : Stability.values()) {
            List<String> of = switch (factory) {
                case ExtensionFactory<?> extension when extension.stability() == level -> List.of("extension");
                case ExtensionFactory<?> _ -> List.of();
                case ConnectorFactory<?> connector ->
                    connector.routes().entrySet().stream()
                            .filter(route -> route.getValue() == level)
                            .map(route -> route.getKey().toString())
                            .sorted()
                            .toList();
                case ComponentFactory<?> other -> {
                    List<String> signals = new ArrayList<>();
                    for (Signal signal : Signal.values()) {
                        if (other.signals().get(signal) == level) {
                            signals.add(signal.key());
                        }
                    }
                    yield signals;
                }
            };
            if (!of.isEmpty()) {
                levels.add(level.key() + ": " + String.join(", ", of));
            }
        }
        return String.join("; ", levels.reversed());
    }

    private static String link(ComponentFactory<?> factory, Kind kind) {
        String home = factory.getClass().getPackageName();
        String name = code(factory.type().name());
        return home.startsWith("dev.sluice." + kind.section() + ".")
                ? "[" + name + "](../" + kind.section() + "/src/main/java/" + home.replace('.', '/') + "/README.md)"
                : name;
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
