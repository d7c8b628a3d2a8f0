package dev.sluice.cli.command;

import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ConnectorFactory;
import dev.sluice.api.ExtensionFactory;
import dev.sluice.cli.run.Version;
import dev.sluice.engine.config.Factories;
import dev.sluice.engine.config.Factories.Kind;
import dev.sluice.otlp.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what this build is made of, as YAML with the Collector's keys. */
@Command(name = "components", description = "Lists the components of this build with their stability.")
final class ComponentsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndent(4);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setSplitLines(false);
        spec.commandLine().getOut().print(new Yaml(options).dump(components(Factories.load())));
        return 0;
    }

    private static Map<String, Object> components(Factories factories) {
        Map<String, Object> all = new LinkedHashMap<>();
        Map<String, Object> build = new LinkedHashMap<>();
        build.put("command", "sluice");
        build.put("description", "Sluice");
        build.put("version", Version.current());
        all.put("buildinfo", build);
        for (Kind kind : Kind.values()) {
            List<Object> of = new ArrayList<>();
            for (ComponentFactory<?> factory : factories.of(kind)) {
                Map<String, Object> component = new LinkedHashMap<>();
                component.put("name", factory.type().name());
                component.put("module", module(kind.section()));
                component.put("stability", stability(factory));
                of.add(component);
            }
            all.put(kind.section(), of);
        }
        List<Object> providers = new ArrayList<>();
        for (String scheme : List.of("env", "file", "http", "https", "yaml")) {
            Map<String, Object> provider = new LinkedHashMap<>();
            provider.put("scheme", scheme);
            provider.put("module", module("engine"));
            providers.add(provider);
        }
        all.put("providers", providers);
        return all;
    }

    private static String module(String part) {
        return "dev.sluice:sluice-" + part + " " + Version.current();
    }

    private static Map<String, String> stability(ComponentFactory<?> factory) {
        Map<String, String> stability = new TreeMap<>();
        switch (factory) {
            case ExtensionFactory<?> extension -> stability.put("extension", word(extension.stability()));
            case ConnectorFactory<?> connector ->
                connector.routes().forEach((route, level) -> stability.put(route.toString(), word(level)));
            case ComponentFactory<?> other -> {
                for (Signal signal : Signal.values()) {
                    var level = other.signals().get(signal);
                    stability.put(signal.key(), level == null ? "Undefined" : word(level));
                }
            }
        }
        return stability;
    }

    private static String word(dev.sluice.api.Stability level) {
        return level.name().charAt(0) + level.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
