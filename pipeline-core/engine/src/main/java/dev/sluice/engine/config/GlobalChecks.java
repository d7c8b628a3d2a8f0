package dev.sluice.engine.config;

import dev.sluice.api.ComponentId;
import dev.sluice.engine.config.Factories.Kind;
import dev.sluice.engine.config.ServiceSection.Pipeline;
import dev.sluice.engine.config.ServiceSection.Reference;
import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.ConfigNode.MapNode;
import dev.sluice.yaml.Suggestion;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What no component can see alone: that the parts are there and fit together. In the Collector's order and words. */
final class GlobalChecks {
    private final Map<Kind, ComponentSection> sections;
    private final ServiceSection service;
    private final ConfigProblems problems;
    private final FeatureGates gates;

    GlobalChecks(
            Map<Kind, ComponentSection> sections, ServiceSection service, ConfigProblems problems, FeatureGates gates) {
        this.sections = sections;
        this.service = service;
        this.problems = problems;
        this.gates = gates;
    }

    void run(MapNode tree) {
        presence(tree);
        ambiguity();
        extensions();
        service.pipelines().forEach(this::references);
        pipelines(tree);
    }

    private void presence(MapNode tree) {
        boolean sectionsEmpty =
                sections.keySet().stream().allMatch(kind -> ids(kind).isEmpty() && !written(tree, kind));
        if (sectionsEmpty && empty(tree.child("service"))) {
            problems.error(List.of(), "empty configuration file");
            return;
        }
        if (gates.on(FeatureGates.Gate.ALLOW_NO_PIPELINES)) {
            return;
        }
        if (ids(Kind.RECEIVER).isEmpty() && !written(tree, Kind.RECEIVER)) {
            problems.error(List.of("receivers"), "no receiver configuration specified in config");
        }
        if (ids(Kind.EXPORTER).isEmpty() && !written(tree, Kind.EXPORTER)) {
            problems.error(List.of("exporters"), "no exporter configuration specified in config");
        }
    }

    private void ambiguity() {
        for (ComponentId id : ids(Kind.CONNECTOR)) {
            for (Kind kind : List.of(Kind.EXPORTER, Kind.RECEIVER)) {
                if (ids(kind).contains(id)) {
                    problems.error(
                            section(Kind.CONNECTOR).path(id),
                            "connectors::" + id + ": ambiguous ID: Found both \"" + id + "\" " + kind.word() + " and \""
                                    + id
                                    + "\" connector. Change one of the components' IDs to eliminate ambiguity (e.g. rename \""
                                    + id
                                    + "\" connector to \"" + id + "/connector\")");
                }
            }
        }
    }

    private void extensions() {
        for (Reference reference : service.extensions()) {
            if (!ids(Kind.EXTENSION).contains(reference.id())) {
                missing("service::extensions", "extension", reference, Set.copyOf(ids(Kind.EXTENSION)));
            }
        }
    }

    private void references(Pipeline pipeline) {
        String prefix = "service::pipelines::" + pipeline.key();
        references(prefix, Kind.RECEIVER, pipeline.receivers());
        references(prefix, Kind.PROCESSOR, pipeline.processors());
        references(prefix, Kind.EXPORTER, pipeline.exporters());
    }

    private void references(String prefix, Kind kind, List<Reference> references) {
        Set<ComponentId> known = new LinkedHashSet<>(ids(kind));
        if (kind != Kind.PROCESSOR) {
            known.addAll(ids(Kind.CONNECTOR));
        }
        for (Reference reference : references) {
            if (!known.contains(reference.id())) {
                missing(prefix, kind.word(), reference, known);
            }
        }
    }

    private void missing(String prefix, String word, Reference reference, Set<ComponentId> known) {
        problems.error(
                reference.mark(),
                prefix + ": references " + word + " \"" + reference.written() + "\" which is not configured",
                Suggestion.of(
                        reference.written(),
                        known.stream().map(ComponentId::toString).collect(Collectors.toSet())));
    }

    private void pipelines(MapNode tree) {
        ConfigNode written = tree.at(List.of("service", "pipelines"));
        boolean none = empty(written);
        if (none && !gates.on(FeatureGates.Gate.ALLOW_NO_PIPELINES)) {
            problems.error(
                    List.of("service", "pipelines"), "service::pipelines: service must have at least one pipeline");
        }
        for (Pipeline pipeline : service.pipelines()) {
            String prefix = "service::pipelines::" + pipeline.key() + ": ";
            if (nothing(tree, pipeline, "receivers")) {
                problems.error(pipeline.mark(), prefix + "must have at least one receiver", null);
            }
            if (nothing(tree, pipeline, "exporters")) {
                problems.error(pipeline.mark(), prefix + "must have at least one exporter", null);
            }
            Set<ComponentId> seen = new HashSet<>();
            for (Reference processor : pipeline.processors()) {
                if (!seen.add(processor.id())) {
                    problems.error(
                            processor.mark(),
                            prefix + "references processor \"" + processor.written() + "\" multiple times",
                            null);
                }
            }
        }
    }

    /** Whether a list of a pipeline is missing or empty; one that could not be read is neither. */
    private static boolean nothing(MapNode tree, Pipeline pipeline, String key) {
        return empty(tree.at(List.of("service", "pipelines", pipeline.key(), key)));
    }

    private static boolean empty(@Nullable ConfigNode node) {
        return switch (node == null ? null : node.plain()) {
            case null -> true;
            case ConfigNode.Null _, ConfigNode.Expanded _ -> true;
            case MapNode map -> map.entries().isEmpty();
            case ConfigNode.ListNode list -> list.items().isEmpty();
            case ConfigNode.Scalar _ -> false;
        };
    }

    /** Whether a section has any content, even if nothing of it could be used. */
    private static boolean written(MapNode tree, Kind kind) {
        return !empty(tree.child(kind.section()));
    }

    private Set<ComponentId> ids(Kind kind) {
        return section(kind).ids();
    }

    private ComponentSection section(Kind kind) {
        ComponentSection section = sections.get(kind);
        if (section == null) {
            throw new IllegalStateException("no section for " + kind);
        }
        return section;
    }
}
