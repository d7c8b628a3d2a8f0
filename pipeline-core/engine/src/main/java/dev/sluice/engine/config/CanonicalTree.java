package dev.sluice.engine.config;

import dev.sluice.api.ComponentId;
import dev.sluice.engine.config.Factories.Kind;
import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.ConfigNode.Entry;
import dev.sluice.yaml.ConfigNode.MapNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** A valid tree with new type names as the keys of its components, so that positions are found by the ids in use. */
final class CanonicalTree {
    private CanonicalTree() {}

    static ConfigNode of(MapNode tree, Ids ids) {
        Map<String, Entry> sections = new LinkedHashMap<>(tree.entries());
        for (Kind kind : Kind.values()) {
            sections.computeIfPresent(kind.section(), (_, entry) -> rename(entry, kind, ids));
        }
        return new MapNode(sections, tree.mark());
    }

    private static Entry rename(Entry section, Kind kind, Ids ids) {
        if (!(section.value().plain() instanceof MapNode map)) {
            return section;
        }
        Map<String, Entry> renamed = new LinkedHashMap<>();
        map.entries()
                .forEach((key, entry) ->
                        renamed.put(ids.canonical(kind, ComponentId.parse(key)).toString(), entry));
        return new Entry(new MapNode(renamed, map.mark()), section.keyMark());
    }
}
