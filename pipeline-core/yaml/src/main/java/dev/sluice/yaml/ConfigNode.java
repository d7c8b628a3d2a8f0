package dev.sluice.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of the configuration, immutable, with the place it was written at. Aliases and merge keys are already followed. */
public sealed interface ConfigNode {
    Mark mark();

    /** The child at a key of a map or an index of a list; null if there is none. */
    default @Nullable ConfigNode child(String key) {
        return switch (plain()) {
            case MapNode map -> {
                Entry entry = map.entries().get(key);
                yield entry == null ? null : entry.value();
            }
            case ListNode list -> {
                int index = index(key);
                yield index < 0 || index >= list.items().size()
                        ? null
                        : list.items().get(index);
            }
            case Scalar _, Null _, Expanded _ -> null;
        };
    }

    /** The node at a path of keys and indexes; null if there is none. */
    default @Nullable ConfigNode at(List<String> path) {
        ConfigNode node = this;
        for (String key : path) {
            node = node == null ? null : node.child(key);
        }
        return node;
    }

    /** What an expansion came to; any other node is itself. */
    default ConfigNode plain() {
        return this instanceof Expanded expanded ? expanded.value() : this;
    }

    private static int index(String key) {
        return !key.isEmpty() && key.length() < 9 && key.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(key)
                : -1;
    }

    /** Keys in the order of writing. */
    record MapNode(Map<String, Entry> entries, Mark mark) implements ConfigNode {
        public MapNode {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        public static MapNode empty() {
            return new MapNode(Map.of(), Mark.NONE);
        }
    }

    /**
     * A value with its key.
     *
     * @param keyMark where the key was written
     */
    record Entry(ConfigNode value, Mark keyMark) {}

    record ListNode(List<ConfigNode> items, Mark mark) implements ConfigNode {
        public ListNode {
            items = Collections.unmodifiableList(new ArrayList<>(items));
        }
    }

    /**
     * A scalar other than null.
     *
     * @param text as written, without quotes and escapes
     */
    record Scalar(String text, ScalarType type, Mark mark) implements ConfigNode {}

    /** {@code null}, {@code ~} or nothing at all. */
    record Null(Mark mark) implements ConfigNode {}

    /**
     * A value that was wholly given by one {@code ${...}}: texts take the original, everything else what it means as YAML.
     *
     * @param value never itself expanded
     * @param original the text as the provider gave it
     */
    record Expanded(ConfigNode value, String original, Mark mark) implements ConfigNode {}
}
