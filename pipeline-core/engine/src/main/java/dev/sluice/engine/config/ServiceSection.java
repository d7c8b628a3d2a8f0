package dev.sluice.engine.config;

import dev.sluice.api.ComponentId;
import dev.sluice.api.PipelineId;
import dev.sluice.engine.config.Factories.Kind;
import dev.sluice.engine.telemetry.TelemetryConfig;
import dev.sluice.otlp.Signal;
import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.ConfigNode.Entry;
import dev.sluice.yaml.ConfigNode.ListNode;
import dev.sluice.yaml.ConfigNode.MapNode;
import dev.sluice.yaml.ConfigNode.Null;
import dev.sluice.yaml.ConfigNode.Scalar;
import dev.sluice.yaml.Mark;
import dev.sluice.yaml.ScalarType;
import dev.sluice.yaml.Suggestion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The section {@code service}: what is written there, and every reference with its place for the checks. */
final class ServiceSection {
    private static final List<String> KEYS = List.of("extensions", "pipelines", "telemetry");
    private static final List<String> PIPELINE_KEYS = List.of("receivers", "processors", "exporters");

    private final @Nullable ConfigNode node;
    private final ConfigProblems problems;
    private final Ids ids;
    private final FeatureGates gates;
    private final List<Reference> extensions = new ArrayList<>();
    private final List<Pipeline> pipelines = new ArrayList<>();

    /**
     * A component named by the service.
     *
     * @param written as it stands there
     * @param id with the new type name
     */
    record Reference(String written, ComponentId id, Mark mark) {}

    /** A pipeline as it was written. */
    record Pipeline(
            String key, Mark mark, List<Reference> receivers, List<Reference> processors, List<Reference> exporters) {}

    ServiceSection(@Nullable ConfigNode node, ConfigProblems problems, Ids ids, FeatureGates gates) {
        this.node = node;
        this.problems = problems;
        this.ids = ids;
        this.gates = gates;
    }

    List<Reference> extensions() {
        return extensions;
    }

    /** All, those with a profiles signal included. */
    List<Pipeline> pipelines() {
        return pipelines;
    }

    ServiceConfig bind() {
        MapNode map = mapOf(node, "service");
        unknownKeys(map, KEYS, "service");
        extensions.addAll(
                references(map.child("extensions"), "service.extensions", id -> ids.canonical(Kind.EXTENSION, id)));
        Map<PipelineId, PipelineConfig> bound = new LinkedHashMap<>();
        mapOf(map.child("pipelines"), "service.pipelines")
                .entries()
                .forEach((key, entry) -> pipeline(key, entry, bound));
        return new ServiceConfig(
                ids(extensions), Collections.unmodifiableMap(bound), telemetry(map.child("telemetry")));
    }

    private TelemetryConfig telemetry(@Nullable ConfigNode written) {
        Binder binder = new Binder(problems, "service::telemetry", "", "service.telemetry", id -> id);
        Record config = written == null
                ? TelemetryConfig.DEFAULT
                : binder.bind(written, TelemetryConfig.DEFAULT, "service.telemetry");
        if (!binder.failed()) {
            new Validation(problems).validate(config, List.of("service", "telemetry"));
        }
        return (TelemetryConfig) config;
    }

    private void pipeline(String key, Entry entry, Map<PipelineId, PipelineConfig> bound) {
        String path = "service.pipelines[" + key + "]";
        MapNode map = mapOf(entry.value(), path);
        unknownKeys(map, PIPELINE_KEYS, path);
        Pipeline pipeline = new Pipeline(
                key,
                entry.keyMark(),
                references(map.child("receivers"), path + ".receivers", id -> ids.inPipeline(Kind.RECEIVER, id)),
                references(map.child("processors"), path + ".processors", id -> ids.inPipeline(Kind.PROCESSOR, id)),
                references(map.child("exporters"), path + ".exporters", id -> ids.inPipeline(Kind.EXPORTER, id)));
        PipelineId id = pipelineId(key, entry.keyMark());
        if (id == null) {
            return;
        }
        pipelines.add(pipeline);
        bound.put(
                id,
                new PipelineConfig(ids(pipeline.receivers()), ids(pipeline.processors()), ids(pipeline.exporters())));
    }

    private @Nullable PipelineId pipelineId(String key, Mark mark) {
        ComponentId parsed;
        try {
            parsed = ComponentId.parse(key);
        } catch (IllegalArgumentException e) {
            problems.error(mark, "'service.pipelines' " + e.getMessage(), null);
            return null;
        }
        for (Signal signal : Signal.values()) {
            if (signal.key().equals(parsed.type())) {
                return new PipelineId(signal, parsed.name());
            }
        }
        if (!parsed.type().equals("profiles")) {
            problems.error(
                    mark,
                    "'service.pipelines' in \"" + key + "\" id: unknown pipeline signal: \"" + parsed.type() + "\"",
                    Suggestion.of(parsed.type(), List.of("traces", "metrics", "logs")));
        } else if (gates.on(FeatureGates.Gate.PROFILES)) {
            problems.error(
                    mark, "service::pipelines: pipeline \"" + key + "\": Sluice does not carry profiles yet", null);
        } else {
            problems.error(
                    mark,
                    "service::pipelines: pipeline \"" + key
                            + "\": profiling signal support is at alpha level, gated under the \"service.profilesSupport\" feature gate",
                    null);
        }
        return null;
    }

    private List<Reference> references(
            @Nullable ConfigNode written, String path, UnaryOperator<ComponentId> canonical) {
        ConfigNode plain = written == null ? null : written.plain();
        if (plain == null || plain instanceof Null) {
            return List.of();
        }
        if (!(plain instanceof ListNode list)) {
            problems.error(
                    plain.mark(), "'" + path + "' source data must be an array or slice, got " + kind(plain), null);
            return List.of();
        }
        List<Reference> references = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            ConfigNode item = list.items().get(i);
            String text =
                    item.plain() instanceof Scalar scalar && scalar.type() == ScalarType.STRING ? scalar.text() : null;
            if (text == null) {
                problems.error(
                        item.mark(),
                        "'" + path + "[" + i + "]' expected a map or struct, got \"" + kind(item.plain()) + "\"",
                        null);
                continue;
            }
            try {
                references.add(new Reference(text, canonical.apply(ComponentId.parse(text)), item.mark()));
            } catch (IllegalArgumentException e) {
                problems.error(item.mark(), "'" + path + "[" + i + "]' " + e.getMessage(), null);
            }
        }
        return references;
    }

    private MapNode mapOf(@Nullable ConfigNode written, String path) {
        ConfigNode plain = written == null ? null : written.plain();
        if (plain instanceof MapNode map) {
            return map;
        }
        if (plain != null && !(plain instanceof Null)) {
            problems.error(plain.mark(), "'" + path + "' expected a map or struct, got \"" + kind(plain) + "\"", null);
        }
        return MapNode.empty();
    }

    private void unknownKeys(MapNode map, List<String> known, String path) {
        map.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                problems.error(entry.keyMark(), "'" + path + "' has invalid keys: " + key, Suggestion.of(key, known));
            }
        });
    }

    private static List<ComponentId> ids(List<Reference> references) {
        return references.stream().map(Reference::id).distinct().toList();
    }

    private static String kind(ConfigNode node) {
        return switch (node) {
            case MapNode _ -> "map";
            case ListNode _ -> "slice";
            case Scalar scalar -> scalar.type().goName();
            case Null _ -> "nil";
            case ConfigNode.Expanded expanded -> kind(expanded.value());
        };
    }
}
