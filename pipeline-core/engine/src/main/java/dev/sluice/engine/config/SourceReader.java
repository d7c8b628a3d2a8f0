package dev.sluice.engine.config;

import dev.sluice.engine.config.ConfigProvider.ProviderException;
import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.ConfigNode.Entry;
import dev.sluice.yaml.ConfigNode.MapNode;
import dev.sluice.yaml.Mark;
import dev.sluice.yaml.SourceText;
import dev.sluice.yaml.Suggestion;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads all sources and lays them over each other, before any expansion. */
final class SourceReader {
    private static final String FILE = "file";
    private static final Pattern LOCATION = Pattern.compile("(?s)^([A-Za-z][A-Za-z0-9+.-]+):(.*)$");

    private final ConfigSources sources;
    private final ConfigProblems problems;
    private final TreeMerge merge;

    SourceReader(ConfigSources sources, ConfigProblems problems, boolean append) {
        this.sources = sources;
        this.problems = problems;
        this.merge = new TreeMerge(append);
    }

    MapNode read() {
        MapNode merged = MapNode.empty();
        for (String location : sources.locations()) {
            merged = over(merged, location(location));
        }
        for (String set : sources.sets()) {
            merged = over(merged, set(set));
        }
        return merged;
    }

    private MapNode over(MapNode under, MapNode over) {
        return over.entries().isEmpty() && !under.entries().isEmpty() ? under : merge.merge(under, over);
    }

    private MapNode location(String location) {
        Matcher matcher = LOCATION.matcher(location);
        boolean uri = matcher.matches();
        String scheme = uri ? matcher.group(1) : FILE;
        String opaque = uri ? matcher.group(2) : location;
        boolean file = scheme.equals(FILE);
        String name = file ? opaque : scheme.equals("yaml") ? "--config" : location;
        ConfigProvider provider = sources.providers().get(scheme);
        Mark nowhere = Mark.at(SourceText.of(name, ""), 0, 0);
        if (provider == null) {
            problems.error(
                    nowhere,
                    "scheme \"" + scheme + "\" is not supported for uri \"" + location + "\"",
                    Suggestion.of(scheme, sources.providers().keySet()));
            return MapNode.empty();
        }
        try {
            String text = provider.retrieve(opaque);
            if (text == null) {
                problems.warn(nowhere, unset(opaque));
                return new MapNode(Map.of(), nowhere);
            }
            return document(file ? SourceText.ofFile(name, text) : SourceText.of(name, text), text);
        } catch (ProviderException e) {
            problems.error(nowhere, String.valueOf(e.getMessage()), null);
            return MapNode.empty();
        }
    }

    static String unset(String variable) {
        return "Configuration references unset environment variable \"" + variable + "\"";
    }

    private MapNode set(String set) {
        int at = set.indexOf('=');
        if (at < 0) {
            problems.error(Mark.at(SourceText.of("--set", set), 1, 1), "missing equal sign", null);
            return MapNode.empty();
        }
        String text = set.substring(0, at).strip().replace(".", "::") + ": " + set.substring(at + 1);
        return document(SourceText.of("--set", text), text);
    }

    private MapNode document(SourceText source, String text) {
        try {
            ConfigNode node = YamlReader.read(source, text);
            return switch (node) {
                case MapNode map -> nest(map);
                case ConfigNode.Null _ -> new MapNode(Map.of(), node.mark());
                case ConfigNode.ListNode _, ConfigNode.Scalar _, ConfigNode.Expanded _ -> {
                    String type = node instanceof ConfigNode.Scalar scalar
                            ? scalar.type().goName()
                            : "[]interface {}";
                    problems.error(
                            Mark.at(
                                    node.mark().source(),
                                    node.mark().line(),
                                    node.mark().column()),
                            "retrieved value (type=" + type + ") cannot be used as a Conf",
                            null);
                    yield MapNode.empty();
                }
            };
        } catch (YamlException e) {
            problems.error(e.mark(), String.valueOf(e.getMessage()), null);
            return MapNode.empty();
        }
    }

    /** Top-level keys may nest by themselves: {@code a::b: c} is {@code a: {b: c}}. */
    private MapNode nest(MapNode map) {
        MapNode result = new MapNode(Map.of(), map.mark());
        for (Map.Entry<String, Entry> entry : map.entries().entrySet()) {
            List<String> keys = List.of(entry.getKey().split("::"));
            Entry value = entry.getValue();
            for (String key : keys.reversed().subList(0, keys.size() - 1)) {
                value = new Entry(
                        new MapNode(new LinkedHashMap<>(Map.of(key, value)), value.keyMark()), value.keyMark());
            }
            result = merge.merge(result, new MapNode(Map.of(keys.getFirst(), value), map.mark()));
        }
        return result;
    }
}
