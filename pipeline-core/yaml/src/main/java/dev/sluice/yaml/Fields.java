package dev.sluice.yaml;

import dev.sluice.yaml.ConfigNode.Entry;
import dev.sluice.yaml.ConfigNode.ListNode;
import dev.sluice.yaml.ConfigNode.MapNode;
import dev.sluice.yaml.ConfigNode.Null;
import dev.sluice.yaml.ConfigNode.Scalar;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A map whose keys are known, read strictly: a key that is not known and a value of another type are problems, in the words of yaml.v3, and
 * count as not written. For files that are not configurations; those have a binder of their own.
 */
public final class Fields {
    private static final MapNode NOTHING = MapNode.empty();

    private final ConfigNode node;
    private final MapNode map;
    private final Consumer<Problem> problems;

    /**
     * @param type what a program in Go calls the map, for messages: {@code rulefmt.RuleGroup}
     * @param keys all that may be written
     */
    public Fields(ConfigNode node, String type, List<String> keys, Consumer<Problem> problems) {
        this.node = node;
        this.problems = problems;
        switch (node.plain()) {
            case MapNode written -> map = written;
            case Null _ -> map = NOTHING;
            case ConfigNode other -> {
                map = NOTHING;
                wrongType(other, type);
            }
        }
        map.entries().forEach((key, entry) -> {
            if (!keys.contains(key)) {
                String message = "field " + key + " not found in type " + type;
                problems.accept(new Problem(entry.keyMark(), message, Suggestion.of(key, keys)));
            }
        });
    }

    /** Where the map begins. */
    public Mark mark() {
        return node.mark();
    }

    public boolean has(String key) {
        Entry entry = map.entries().get(key);
        return entry != null && !(entry.value().plain() instanceof Null);
    }

    /** Where a key was written; the map's place if it was not. */
    public Mark keyMark(String key) {
        Entry entry = map.entries().get(key);
        return entry == null ? mark() : entry.keyMark();
    }

    /** Where a value was written; the map's place if it was not. */
    public Mark mark(String key) {
        Entry entry = map.entries().get(key);
        return entry == null ? mark() : entry.value().mark();
    }

    public @Nullable ConfigNode node(String key) {
        return has(key) ? Objects.requireNonNull(map.entries().get(key)).value().plain() : null;
    }

    /** Any scalar is a text; empty if not written. */
    public String text(String key) {
        return switch (node(key)) {
            case null -> "";
            case Scalar scalar -> scalar.text();
            case ConfigNode other -> {
                wrongType(other, "string");
                yield "";
            }
        };
    }

    /** A text that must be there; a problem, and empty, if it is not or is blank. */
    public String required(String key) {
        String text = text(key);
        if (text.isBlank()) {
            problem(mark(key), key + " is required");
        }
        return text;
    }

    public long integer(String key, long otherwise) {
        return switch (node(key)) {
            case null -> otherwise;
            case Scalar scalar -> {
                BigInteger value = scalar.type() == ScalarType.INT ? ScalarType.integer(scalar.text()) : null;
                if (value == null || value.bitLength() > 63) {
                    wrongType(scalar, "int");
                    yield otherwise;
                }
                yield value.longValueExact();
            }
            case ConfigNode other -> {
                wrongType(other, "int");
                yield otherwise;
            }
        };
    }

    public double number(String key, double otherwise) {
        return switch (node(key)) {
            case null -> otherwise;
            case Scalar scalar
            when scalar.type() == ScalarType.INT || scalar.type() == ScalarType.FLOAT ->
                ScalarType.floating(scalar.text());
            case ConfigNode other -> {
                wrongType(other, "float64");
                yield otherwise;
            }
        };
    }

    public boolean flag(String key, boolean otherwise) {
        return switch (node(key)) {
            case null -> otherwise;
            case Scalar scalar
            when scalar.type() == ScalarType.BOOL ->
                scalar.text().toLowerCase(java.util.Locale.ROOT).equals("true");
            case ConfigNode other -> {
                wrongType(other, "bool");
                yield otherwise;
            }
        };
    }

    /** The items of a list; none if not written. */
    public List<ConfigNode> list(String key) {
        return switch (node(key)) {
            case null -> List.of();
            case ListNode list -> list.items();
            case ConfigNode other -> {
                wrongType(other, "list");
                yield List.of();
            }
        };
    }

    /** The items of a list of scalars. */
    public List<Scalar> scalars(String key) {
        return list(key).stream()
                .map(item -> {
                    if (item.plain() instanceof Scalar scalar) {
                        return scalar;
                    }
                    wrongType(item.plain(), "string");
                    return null;
                })
                .filter(Objects::nonNull)
                .toList();
    }

    /** A map of texts, in the order of writing; null counts as empty. */
    public Map<String, String> texts(String key) {
        ConfigNode value = node(key);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof MapNode entries)) {
            wrongType(value, "map[string]string");
            return Map.of();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        entries.entries().forEach((name, entry) -> {
            switch (entry.value().plain()) {
                case Scalar scalar -> texts.put(name, scalar.text());
                case Null _ -> texts.put(name, "");
                case ConfigNode other -> wrongType(other, "string");
            }
        });
        return texts;
    }

    /** Where a key of a map of texts was written. */
    public Mark keyMark(String key, String name) {
        Entry entry = node(key) instanceof MapNode inner ? inner.entries().get(name) : null;
        return entry == null ? keyMark(key) : entry.keyMark();
    }

    public void problem(Mark mark, String message) {
        problems.accept(new Problem(mark, message, null));
    }

    private void wrongType(ConfigNode found, String wanted) {
        String tag = switch (found) {
            case MapNode _ -> "!!map";
            case ListNode _ -> "!!seq";
            case Scalar scalar ->
                switch (scalar.type()) {
                    case STRING -> "!!str `" + scalar.text() + "`";
                    case INT -> "!!int `" + scalar.text() + "`";
                    case FLOAT -> "!!float `" + scalar.text() + "`";
                    case BOOL -> "!!bool `" + scalar.text() + "`";
                };
            case Null _ -> "!!null";
            case ConfigNode.Expanded _ -> "!!str";
        };
        problem(found.mark(), "cannot unmarshal " + tag + " into " + wanted);
    }
}
