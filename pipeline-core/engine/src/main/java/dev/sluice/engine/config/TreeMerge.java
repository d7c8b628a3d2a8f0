package dev.sluice.engine.config;

import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.ConfigNode.Entry;
import dev.sluice.yaml.ConfigNode.ListNode;
import dev.sluice.yaml.ConfigNode.MapNode;
import dev.sluice.yaml.ConfigNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lays one configuration over another: maps deeply, everything else whole; a null deletes what was there. */
final class TreeMerge {
    private final boolean append;

    /**
     * @param append whether lists of components below {@code service} grow instead of being replaced (gate {@code
     *     confmap.enableMergeAppendOption})
     */
    TreeMerge(boolean append) {
        this.append = append;
    }

    MapNode merge(MapNode under, MapNode over) {
        return merge(under, over, List.of());
    }

    private MapNode merge(MapNode under, MapNode over, List<String> path) {
        Map<String, Entry> result = new LinkedHashMap<>(under.entries());
        over.entries().forEach((key, entry) -> {
            Entry before = result.get(key);
            result.put(
                    key,
                    before == null
                            ? entry
                            : new Entry(merge(before.value(), entry.value(), child(path, key)), entry.keyMark()));
        });
        return new MapNode(result, over.mark());
    }

    private ConfigNode merge(ConfigNode under, ConfigNode over, List<String> path) {
        if (under instanceof MapNode below && over instanceof MapNode above) {
            return merge(below, above, path);
        }
        if (append && under instanceof ListNode below && over instanceof ListNode above && grows(path)) {
            List<ConfigNode> items = new ArrayList<>(below.items());
            for (ConfigNode item : above.items()) {
                if (items.stream().noneMatch(known -> same(known, item))) {
                    items.add(item);
                }
            }
            return new ListNode(items, above.mark());
        }
        return over;
    }

    private static boolean grows(List<String> path) {
        return path.getFirst().equals("service")
                && (path.equals(List.of("service", "extensions"))
                        || path.getLast().equals("receivers")
                        || path.getLast().equals("exporters"));
    }

    private static boolean same(ConfigNode a, ConfigNode b) {
        return a instanceof Scalar one
                && b instanceof Scalar other
                && one.text().equals(other.text());
    }

    private static List<String> child(List<String> path, String key) {
        List<String> result = new ArrayList<>(path);
        result.add(key);
        return result;
    }
}
