package dev.sluice.engine.config;

import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ConnectorFactory;
import dev.sluice.api.ExporterFactory;
import dev.sluice.api.ExtensionFactory;
import dev.sluice.api.ProcessorFactory;
import dev.sluice.api.ReceiverFactory;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The components there are, by kind and type name, old names included. Immutable. */
public final class Factories {
    private final Map<Kind, Map<String, ComponentFactory<?>>> byKind = new LinkedHashMap<>();
    private final List<ComponentFactory<?>> all;

    /** Throws {@link IllegalArgumentException} if two of a kind share a name. */
    public Factories(List<? extends ComponentFactory<?>> factories) {
        all = factories.stream()
                .<ComponentFactory<?>>map(factory -> factory)
                .sorted(Comparator.<ComponentFactory<?>, Kind>comparing(Kind::of)
                        .thenComparing(factory -> factory.type().name()))
                .toList();
        for (Kind kind : Kind.values()) {
            byKind.put(kind, new LinkedHashMap<>());
        }
        for (ComponentFactory<?> factory : all) {
            put(factory, factory.type().name());
            factory.type().aliases().forEach(alias -> put(factory, alias));
        }
    }

    /** Those that {@link ServiceLoader} finds. */
    public static Factories load() {
        List<ComponentFactory<?>> found = ServiceLoader.load(ComponentFactory.class).stream()
                .<ComponentFactory<?>>map(ServiceLoader.Provider::get)
                .toList();
        return new Factories(found);
    }

    /** All, by kind and name. */
    public List<ComponentFactory<?>> all() {
        return all;
    }

    /** Those of a kind, by name. */
    public List<ComponentFactory<?>> of(Kind kind) {
        return all.stream().filter(factory -> Kind.of(factory) == kind).toList();
    }

    /** Finds by a new or an old type name. */
    public @Nullable ComponentFactory<?> find(Kind kind, String type) {
        return names(kind).get(type);
    }

    /** Names of a kind with the old ones, each type's together. */
    Map<String, ComponentFactory<?>> names(Kind kind) {
        return byKind.getOrDefault(kind, Map.of());
    }

    private void put(ComponentFactory<?> factory, String name) {
        ComponentFactory<?> before = names(Kind.of(factory)).put(name, factory);
        if (before != null) {
            throw new IllegalArgumentException("two factories for the "
                    + Kind.of(factory).word() + " \"" + name + "\": " + before + ", " + factory);
        }
    }

    /** The kinds of component, in the order of a configuration's sections. */
    public enum Kind {
        RECEIVER("receiver"),
        PROCESSOR("processor"),
        EXPORTER("exporter"),
        CONNECTOR("connector"),
        EXTENSION("extension");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public static Kind of(ComponentFactory<?> factory) {
            return switch (factory) {
                case ReceiverFactory<?> _ -> RECEIVER;
                case ProcessorFactory<?> _ -> PROCESSOR;
                case ExporterFactory<?> _ -> EXPORTER;
                case ConnectorFactory<?> _ -> CONNECTOR;
                case ExtensionFactory<?> _ -> EXTENSION;
            };
        }

        /** {@code receiver}. */
        public String word() {
            return word;
        }

        /** The section of a configuration: {@code receivers}. */
        public String section() {
            return word + "s";
        }
    }
}
