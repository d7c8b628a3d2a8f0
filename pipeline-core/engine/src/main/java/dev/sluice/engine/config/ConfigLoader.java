package dev.sluice.engine.config;

import dev.sluice.api.ComponentId;
import dev.sluice.engine.config.Factories.Kind;
import dev.sluice.yaml.ConfigNode.MapNode;
import dev.sluice.yaml.Problem;
import dev.sluice.yaml.Suggestion;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a configuration: sources, merge, expansion, binding, checks. Reports every problem it can find, not the first: later steps go on with
 * what the earlier ones could make sense of.
 */
public final class ConfigLoader {
    private static final List<String> TOP_LEVEL =
            List.of("receivers", "processors", "exporters", "connectors", "extensions", "service");

    private final Factories factories;
    private final FeatureGates gates;
    private final ConfigProblems problems = new ConfigProblems(MapNode.empty());

    private ConfigLoader(Factories factories, FeatureGates gates) {
        this.factories = factories;
        this.gates = gates;
    }

    /** Blocks while sources are read. Connectors and cycles are the graph's to judge, everything else has been checked. */
    public static LoadedConfig load(ConfigSources sources, Factories factories, FeatureGates gates)
            throws ConfigException {
        return new ConfigLoader(factories, gates).load(sources);
    }

    private LoadedConfig load(ConfigSources sources) throws ConfigException {
        MapNode merged = new SourceReader(sources, problems, gates.on(FeatureGates.Gate.MERGE_APPEND)).read();
        if (problems.hasErrors()) {
            throw new ConfigException(problems);
        }
        MapNode tree = new Expander(sources.providers(), problems).expand(merged);
        problems.tree(tree);
        tree.entries().forEach((key, entry) -> {
            if (!TOP_LEVEL.contains(key)) {
                problems.error(
                        entry.keyMark(),
                        "'otelcol.configSettings' has invalid keys: " + key,
                        Suggestion.of(key, TOP_LEVEL));
            }
        });
        Map<Kind, ComponentSection> sections = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            sections.put(kind, new ComponentSection(kind, tree.child(kind.section()), factories, problems));
        }
        Ids ids = new Ids(sections);
        Map<Kind, Map<ComponentId, Configured>> components = new EnumMap<>(Kind.class);
        sections.forEach((kind, section) -> components.put(kind, section.bind(ids)));
        ServiceSection section = new ServiceSection(tree.child("service"), problems, ids, gates);
        ServiceConfig service = section.bind();
        new GlobalChecks(sections, section, problems, gates).run(tree);
        if (problems.hasErrors()) {
            throw new ConfigException(problems);
        }
        return new LoadedConfig(
                of(components, Kind.RECEIVER),
                of(components, Kind.PROCESSOR),
                of(components, Kind.EXPORTER),
                of(components, Kind.CONNECTOR),
                of(components, Kind.EXTENSION),
                service,
                CanonicalTree.of(tree, ids),
                problems.warnings().stream().map(Problem::toString).toList());
    }

    private static Map<ComponentId, Configured> of(Map<Kind, Map<ComponentId, Configured>> components, Kind kind) {
        return components.getOrDefault(kind, new LinkedHashMap<>());
    }
}
