package dev.sluice.slo.rules;

import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.ConfigNode.Entry;
import dev.sluice.yaml.ConfigNode.ListNode;
import dev.sluice.yaml.ConfigNode.MapNode;
import dev.sluice.yaml.ConfigNode.Scalar;
import dev.sluice.yaml.Mark;
import dev.sluice.yaml.ScalarType;
import dev.sluice.yaml.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Groups of a configuration as the tree that a rule file would be read into, so that both are checked by the same rules. Instead of a file, the place of
 * each value names its key in the configuration, such as {@code groups::0::rules::1::expr}.
 */
final class InlineGroups {
    private InlineGroups() {}

    static ConfigNode tree(List<GroupConfig> groups) {
        List<ConfigNode> items = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            items.add(group(groups.get(i), "groups::" + i));
        }
        return new ListNode(items, at("groups"));
    }

    private static ConfigNode group(GroupConfig group, String path) {
        Keys keys = new Keys(path);
        keys.text("name", group.name());
        keys.text("interval", group.interval());
        keys.text("query_offset", group.queryOffset());
        keys.scalar("limit", Integer.toString(group.limit()), ScalarType.INT);
        keys.texts("labels", group.labels());
        List<ConfigNode> rules = new ArrayList<>();
        for (int i = 0; i < group.rules().size(); i++) {
            rules.add(rule(group.rules().get(i), path + "::rules::" + i));
        }
        keys.put("rules", new ListNode(rules, at(path + "::rules")));
        return keys.map();
    }

    private static ConfigNode rule(RuleConfig rule, String path) {
        Keys keys = new Keys(path);
        keys.text("record", rule.record());
        keys.text("alert", rule.alert());
        keys.text("expr", rule.expr());
        keys.text("for", rule.holdFor());
        keys.text("keep_firing_for", rule.keepFiringFor());
        keys.texts("labels", rule.labels());
        keys.texts("annotations", rule.annotations());
        return keys.map();
    }

    private static Mark at(String path) {
        return Mark.at(SourceText.of(path, ""), 1, 1);
    }

    /** The keys of one map. */
    private static final class Keys {
        private final String path;
        private final Map<String, Entry> entries = new LinkedHashMap<>();

        private Keys(String path) {
            this.path = path;
        }

        private void put(String key, ConfigNode value) {
            entries.put(key, new Entry(value, at(path + "::" + key)));
        }

        private void scalar(String key, String text, ScalarType type) {
            put(key, new Scalar(text, type, at(path + "::" + key)));
        }

        private void text(String key, @Nullable String text) {
            if (text != null) {
                scalar(key, text, ScalarType.STRING);
            }
        }

        private void texts(String key, Map<String, String> texts) {
            if (!texts.isEmpty()) {
                Keys inner = new Keys(path + "::" + key);
                texts.forEach(inner::text);
                put(key, inner.map());
            }
        }

        private MapNode map() {
            return new MapNode(entries, at(path));
        }
    }
}
