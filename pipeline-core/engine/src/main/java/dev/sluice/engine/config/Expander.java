package dev.sluice.engine.config;

import dev.sluice.engine.config.ConfigProvider.ProviderException;
import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.ConfigNode.Entry;
import dev.sluice.yaml.ConfigNode.Expanded;
import dev.sluice.yaml.ConfigNode.ListNode;
import dev.sluice.yaml.ConfigNode.MapNode;
import dev.sluice.yaml.ConfigNode.Null;
import dev.sluice.yaml.ConfigNode.Scalar;
import dev.sluice.yaml.Mark;
import dev.sluice.yaml.ScalarType;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${...}} in scalars, never in keys, the innermost first, until none is left; then {@code $$} is {@code $}.
 *
 * <p>A scalar that is one {@code ${...}} takes the value as YAML and as text ({@link Expanded}); within other text it is always the text. Values
 * keep the place of the scalar they stand in.
 */
final class Expander {
    /** The Collector's limit for the expansions of one value; also a bound on what nested values can grow to. */
    private static final int MAX_EXPANSIONS = 1000;

    /** Values within values; far below what the stack takes. */
    private static final int MAX_DEPTH = 100;

    private static final int MAX_LENGTH = 3 * 1024 * 1024;
    private static final Pattern URI = Pattern.compile("(?s)^([A-Za-z][A-Za-z0-9+.-]+):(.*)$");

    private final Map<String, ConfigProvider> providers;
    private final ConfigProblems problems;
    private int expansions;
    private int depth;

    Expander(Map<String, ConfigProvider> providers, ConfigProblems problems) {
        this.providers = providers;
        this.problems = problems;
    }

    MapNode expand(MapNode tree) {
        return (MapNode) unescape(walk(tree));
    }

    private ConfigNode walk(ConfigNode node) {
        return switch (node) {
            case MapNode map -> mapValues(map, this::walk);
            case ListNode list ->
                new ListNode(list.items().stream().map(this::walk).toList(), list.mark());
            case Scalar scalar -> {
                expansions = 0;
                depth = 0;
                yield scalar(scalar);
            }
            case Null _, Expanded _ -> node;
        };
    }

    private ConfigNode scalar(Scalar scalar) {
        try {
            return resolve(scalar.text(), scalar.type(), scalar.mark(), scalar);
        } catch (ProviderException e) {
            problems.error(scalar.mark(), String.valueOf(e.getMessage()), null);
            // The value is unknown, not wrong as well: what reads it sees nothing.
            return new Null(scalar.mark());
        }
    }

    private ConfigNode resolve(String start, ScalarType type, Mark mark, ConfigNode unchanged)
            throws ProviderException {
        String text = start;
        while (true) {
            String uri = type == ScalarType.STRING ? findUri(text) : "";
            if (uri.isEmpty()) {
                return text.equals(start) ? unchanged : new Scalar(text, ScalarType.STRING, mark);
            }
            if (++expansions > MAX_EXPANSIONS || text.length() > MAX_LENGTH) {
                throw new ProviderException("too many recursive expansions");
            }
            String value = retrieve(uri.substring(2, uri.length() - 1), mark);
            if (uri.equals(text)) {
                return whole(value == null ? "" : value, mark);
            }
            text = text.replace(uri, value == null ? "" : value);
        }
    }

    /** A value that is nothing but an expansion. */
    private ConfigNode whole(String text, Mark mark) throws ProviderException {
        if (++depth > MAX_DEPTH) {
            throw new ProviderException("too many recursive expansions");
        }
        ConfigNode result = parsed(text, mark);
        depth--;
        return result;
    }

    private ConfigNode parsed(String text, Mark mark) throws ProviderException {
        ConfigNode value;
        try {
            value = place(YamlReader.read(mark.source(), text), mark);
        } catch (YamlException e) {
            value = new Scalar(text, ScalarType.STRING, mark);
        }
        if (value instanceof Scalar(String _, ScalarType type, Mark _) && type == ScalarType.STRING) {
            // Whatever is a text as YAML stays as it was given, with its quotes.
            return resolve(text, ScalarType.STRING, mark, new Expanded(new Scalar(text, type, mark), text, mark));
        }
        ConfigNode nested = nested(value);
        ConfigNode original = resolve(text, ScalarType.STRING, mark, new Scalar(text, ScalarType.STRING, mark));
        return original instanceof Scalar scalar ? new Expanded(nested, scalar.text(), mark) : nested;
    }

    private ConfigNode nested(ConfigNode node) throws ProviderException {
        return switch (node) {
            case MapNode map -> {
                Map<String, Entry> entries = new LinkedHashMap<>();
                for (Map.Entry<String, Entry> entry : map.entries().entrySet()) {
                    Entry value = entry.getValue();
                    entries.put(entry.getKey(), new Entry(nested(value.value()), value.keyMark()));
                }
                yield new MapNode(entries, map.mark());
            }
            case ListNode list -> {
                List<ConfigNode> items = new ArrayList<>();
                for (ConfigNode item : list.items()) {
                    items.add(nested(item));
                }
                yield new ListNode(items, list.mark());
            }
            case Scalar(String text, ScalarType type, Mark mark) -> resolve(text, type, mark, node);
            case Null _, Expanded _ -> node;
        };
    }

    private @Nullable String retrieve(String reference, Mark mark) throws ProviderException {
        String uri = reference.contains(":") ? reference : "env:" + reference;
        Matcher matcher = URI.matcher(uri);
        if (!matcher.matches()) {
            throw new ProviderException("invalid uri: \"" + uri + "\"");
        }
        if (matcher.group(2).contains("$")) {
            throw new ProviderException("the uri \"" + uri + "\" contains unsupported characters ('$')");
        }
        ConfigProvider provider = providers.get(matcher.group(1));
        if (provider == null) {
            throw new ProviderException("scheme \"" + matcher.group(1) + "\" is not supported for uri \"" + uri + "\"");
        }
        String value = provider.retrieve(matcher.group(2));
        if (value == null) {
            problems.warn(mark, SourceReader.unset(matcher.group(2)));
        }
        return value;
    }

    /** The first innermost {@code ${...}} that no odd number of further dollars escapes; empty if there is none. */
    private static String findUri(String text) {
        int from = 0;
        while (true) {
            int close = text.indexOf('}', from);
            if (close < 0) {
                return "";
            }
            int open = text.lastIndexOf("${", close);
            if (open >= from) {
                int dollars = 0;
                while (open - dollars > from && text.charAt(open - dollars - 1) == '$') {
                    dollars++;
                }
                if (dollars % 2 == 0) {
                    return text.substring(open, close + 1);
                }
            }
            from = close + 1;
        }
    }

    private static ConfigNode unescape(ConfigNode node) {
        return switch (node) {
            case MapNode map -> mapValues(map, Expander::unescape);
            case ListNode list ->
                new ListNode(list.items().stream().map(Expander::unescape).toList(), list.mark());
            case Scalar(String text, ScalarType type, Mark mark) -> new Scalar(text.replace("$$", "$"), type, mark);
            case Null _ -> node;
            case Expanded(ConfigNode value, String original, Mark mark) ->
                new Expanded(unescape(value), original.replace("$$", "$"), mark);
        };
    }

    private static MapNode mapValues(MapNode map, UnaryOperator<ConfigNode> change) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        map.entries()
                .forEach((key, entry) -> entries.put(key, new Entry(change.apply(entry.value()), entry.keyMark())));
        return new MapNode(entries, map.mark());
    }

    /** Gives everything that came from an expansion the place of the expansion. */
    private static ConfigNode place(ConfigNode node, Mark mark) {
        return switch (node) {
            case MapNode map -> {
                Map<String, Entry> entries = new LinkedHashMap<>();
                map.entries().forEach((key, entry) -> entries.put(key, new Entry(place(entry.value(), mark), mark)));
                yield new MapNode(entries, mark);
            }
            case ListNode list ->
                new ListNode(
                        list.items().stream().map(item -> place(item, mark)).toList(), mark);
            case Scalar(String text, ScalarType type, Mark _) -> new Scalar(text, type, mark);
            case Null _ -> new Null(mark);
            case Expanded _ -> node;
        };
    }
}
