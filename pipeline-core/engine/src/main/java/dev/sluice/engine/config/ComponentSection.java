package dev.sluice.engine.config;

import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentId;
import dev.sluice.engine.config.Factories.Kind;
import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.ConfigNode.Entry;
import dev.sluice.yaml.ConfigNode.Expanded;
import dev.sluice.yaml.ConfigNode.ListNode;
import dev.sluice.yaml.ConfigNode.MapNode;
import dev.sluice.yaml.ConfigNode.Null;
import dev.sluice.yaml.ConfigNode.Scalar;
import dev.sluice.yaml.Mark;
import dev.sluice.yaml.Suggestion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One of the five sections of components. */
final class ComponentSection {
    static final String DECODING = "decoding failed due to the following error(s):\n\n";

    /** What left the Collector, by kind and type, with what to use instead. */
    private static final Map<String, String> GONE = Map.of(
            "exporters/loki", "use otlp_http with endpoint http://loki:3100/otlp",
            "exporters/jaeger", "Jaeger takes OTLP: use otlp_grpc",
            "exporters/opencensus", "use otlp_grpc",
            "receivers/opencensus", "use otlp",
            "receivers/jmx", "run the OpenTelemetry JMX scraper and receive from it with otlp");

    private final Kind kind;
    private final Factories factories;
    private final ConfigProblems problems;
    private final Map<ComponentId, Written> written = new LinkedHashMap<>();
    private final Set<String> namesWritten;

    /** What is known of a component before its body is read. */
    private record Written(
            String key, Entry entry, @Nullable ComponentFactory<?> factory) {}

    ComponentSection(Kind kind, @Nullable ConfigNode node, Factories factories, ConfigProblems problems) {
        this.kind = kind;
        this.factories = factories;
        this.problems = problems;
        Map<String, Entry> entries = entries(node);
        this.namesWritten = entries.keySet().stream().map(String::strip).collect(Collectors.toUnmodifiableSet());
        entries.forEach(this::add);
    }

    /** The ids of what is configured, working or not. */
    Set<ComponentId> ids() {
        return written.keySet();
    }

    /** Where the id was written. */
    List<String> path(ComponentId id) {
        Written component = written.get(id);
        return List.of(kind.section(), component == null ? id.toString() : component.key());
    }

    /** The id under the new type name; the Collector lets both names stand side by side, and then each is itself. */
    ComponentId canonical(ComponentId id) {
        ComponentFactory<?> factory = factories.find(kind, id.type());
        if (factory == null || factory.type().name().equals(id.type())) {
            return id;
        }
        ComponentId renamed = new ComponentId(factory.type().name(), id.name());
        return namesWritten.contains(id.toString()) && namesWritten.contains(renamed.toString()) ? id : renamed;
    }

    /** Reads and validates the bodies. */
    Map<ComponentId, Configured> bind(Ids ids) {
        Map<ComponentId, Configured> result = new LinkedHashMap<>();
        written.forEach((id, component) -> {
            ComponentFactory<?> factory = component.factory();
            if (factory != null) {
                result.put(id, new Configured(id, factory, bind(component, factory, ids)));
            }
        });
        return Collections.unmodifiableMap(result);
    }

    private Record bind(Written component, ComponentFactory<?> factory, Ids ids) {
        ConfigNode body = component.entry().value();
        Record defaults = factory.defaultConfig();
        if (!(body.plain() instanceof MapNode) && !(body.plain() instanceof Null)) {
            problems.error(
                    body.mark(),
                    "'" + kind.section() + "' " + DECODING + "'[" + component.key()
                            + "]' expected type 'map[string]interface {}', got unconvertible type '"
                            + ScalarBinder.goType(body) + "'",
                    null);
            return defaults;
        }
        String head = "'" + kind.section() + "' error reading configuration for \""
                + component.key().strip() + "\": " + DECODING;
        Binder binder = new Binder(
                problems,
                kind.section() + "::" + component.key().strip(),
                head,
                goConfigName(factory),
                id -> ids.canonical(Kind.EXTENSION, id));
        Record config = binder.bind(body, defaults, "");
        if (!binder.failed()) {
            new Validation(problems).validate(config, List.of(kind.section(), component.key()));
        }
        return config;
    }

    private void add(String key, Entry entry) {
        ComponentId id;
        try {
            id = ComponentId.parse(key);
        } catch (IllegalArgumentException e) {
            problems.error(entry.keyMark(), "'" + kind.section() + "' '' " + e.getMessage(), null);
            return;
        }
        ComponentFactory<?> factory = factories.find(kind, id.type());
        ComponentId canonical = canonical(id);
        Written before = written.putIfAbsent(canonical, new Written(key, entry, factory));
        if (before != null) {
            problems.error(
                    entry.keyMark(),
                    "'" + kind.section() + "' '' duplicate name \"" + key + "\" after unmarshaling " + id,
                    null);
        } else if (factory == null) {
            unknownType(id, entry.keyMark());
        } else if (!factory.type().name().equals(id.type())) {
            problems.warn(
                    entry.keyMark(),
                    "\"" + id.type() + "\" alias is deprecated; use \""
                            + factory.type().name() + "\" instead");
        }
    }

    private void unknownType(ComponentId id, Mark mark) {
        if (kind == Kind.EXPORTER && id.type().equals("logging")) {
            problems.error(
                    mark, "'exporters' the logging exporter has been deprecated, use the debug exporter instead", null);
            return;
        }
        Set<String> names = factories.names(kind).keySet();
        String gone = GONE.get(kind.section() + "/" + id.type());
        problems.error(
                mark,
                "'" + kind.section() + "' unknown type: \"" + id.type() + "\" for id: \"" + id + "\" (valid values: ["
                        + String.join(" ", names) + "])",
                gone != null ? gone : Suggestion.of(id.type(), names));
    }

    private Map<String, Entry> entries(@Nullable ConfigNode node) {
        return switch (node == null ? null : node.plain()) {
            case null -> Map.of();
            case MapNode map -> map.entries();
            case Null _, Expanded _ -> Map.of();
            case ListNode list -> {
                problems.error(list.mark(), "'" + kind.section() + "' expected a map or struct, got \"slice\"", null);
                yield Map.of();
            }
            case Scalar scalar -> {
                problems.error(
                        scalar.mark(),
                        "'" + kind.section() + "' expected a map or struct, got \""
                                + scalar.type().goName() + "\"",
                        null);
                yield Map.of();
            }
        };
    }

    /** The Go structure of a component's configuration, after the Collector's custom for package names. */
    private String goConfigName(ComponentFactory<?> factory) {
        List<String> aliases = factory.type().aliases();
        String name = aliases.isEmpty() ? factory.type().name() : aliases.getFirst();
        return name.replace("_", "") + kind.word() + ".Config";
    }
}
