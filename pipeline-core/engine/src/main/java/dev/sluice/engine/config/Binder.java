package dev.sluice.engine.config;

import dev.sluice.api.ComponentId;
import dev.sluice.api.config.Secret;
import dev.sluice.engine.config.RecordShape.Option;
import dev.sluice.yaml.ConfigNode;
import dev.sluice.yaml.ConfigNode.Entry;
import dev.sluice.yaml.ConfigNode.Expanded;
import dev.sluice.yaml.ConfigNode.ListNode;
import dev.sluice.yaml.ConfigNode.MapNode;
import dev.sluice.yaml.ConfigNode.Null;
import dev.sluice.yaml.ConfigNode.Scalar;
import dev.sluice.yaml.Mark;
import dev.sluice.yaml.ScalarType;
import dev.sluice.yaml.Suggestion;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Turns one map of the tree into one record. What is not given keeps the value of the record of defaults, at every depth. Errors are those of the
 * Collector's decoder; each is reported by itself, and the value in question keeps its default.
 *
 * <p>Reflection on configurations happens here and in the generated documents, at start-up, and nowhere else.
 */
final class Binder {
    private final ConfigProblems problems;
    private final String where;
    private final String head;
    private final String root;
    private final ScalarBinder scalars;
    private boolean failed;

    /**
     * @param where the block, for warnings: {@code processors::batch}
     * @param head what every error begins with: {@code 'processors' error reading configuration for "batch": ...}
     * @param root what Go calls the outermost structure, for unknown keys in it
     * @param canonical gives a reference to a component its new type name
     */
    Binder(ConfigProblems problems, String where, String head, String root, UnaryOperator<ComponentId> canonical) {
        this.problems = problems;
        this.where = where;
        this.head = head;
        this.root = root;
        this.scalars = new ScalarBinder(canonical);
    }

    /** True once anything was reported. */
    boolean failed() {
        return failed;
    }

    /**
     * @param path what Go calls the place: empty, {@code tls}, {@code readers[0].pull}
     */
    Record bind(ConfigNode node, Record defaults, String path) {
        ConfigNode plain = node.plain();
        return switch (plain) {
            case MapNode map -> record(map, defaults, path, false);
            case Null _ -> defaults;
            case ListNode _, Scalar _ -> {
                error(node.mark(), path, "expected a map or struct, got \"" + reflectKind(plain) + "\"", null);
                yield defaults;
            }
            case Expanded _ -> defaults;
        };
    }

    private Record record(MapNode map, Record defaults, String path, boolean mayBeDisabled) {
        RecordShape shape = RecordShape.of(defaults.getClass());
        List<String> keys = shape.keys();
        map.entries().forEach((key, entry) -> {
            if (!keys.contains(key) && !shape.hasRest() && !(mayBeDisabled && key.equals("enabled"))) {
                unknown(key, entry, keys, path);
            }
        });
        return fill(map, defaults, shape, path, keys);
    }

    /**
     * @param known the keys of the whole block
     */
    private Record fill(MapNode map, Record defaults, RecordShape shape, String path, List<String> known) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Option option : shape.options()) {
            Object fallback = option.of(defaults);
            if (option.squash()) {
                Record nested = fallback instanceof Record given ? given : RecordShape.defaultOf(option.record());
                values.add(fill(map, nested, RecordShape.of(nested.getClass()), path, known));
                continue;
            }
            if (option.rest()) {
                values.add(rest(map, known, argument(option.type(), 1), path));
                continue;
            }
            Entry entry = map.entries().get(option.key());
            values.add(
                    entry == null
                            ? fallback
                            : placed(
                                    option,
                                    entry.value(),
                                    value(
                                            entry.value(),
                                            option.type(),
                                            fallback,
                                            path.isEmpty() ? option.key() : path + "." + option.key(),
                                            option.nullable())));
        }
        try {
            return shape.create(values);
        } catch (IllegalArgumentException refused) {
            error(map.mark(), path, String.valueOf(refused.getMessage()), null);
            return defaults;
        }
    }

    private static @Nullable Object placed(Option option, ConfigNode node, @Nullable Object value) {
        if (!option.besideFile()) {
            return value;
        }
        return switch (value) {
            case List<?> paths ->
                FilePaths.resolved(paths.stream().map(String::valueOf).toList(), node);
            case String path -> FilePaths.resolved(path, node);
            case null, default -> value;
        };
    }

    private Map<String, @Nullable Object> rest(MapNode map, List<String> known, AnnotatedType element, String path) {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>();
        map.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                rest.put(key, element(entry.value(), element, null, path, key));
            }
        });
        return Collections.unmodifiableMap(rest);
    }

    private void unknown(String key, Entry entry, List<String> known, String path) {
        // It may be a secret under a mistyped name.
        if (entry.value() instanceof Scalar(String _, ScalarType type, Mark mark) && type == ScalarType.STRING) {
            problems.redaction().addIfTelling(Suggestion.nearest(key, known), mark);
        }
        error(entry.keyMark(), path.isEmpty() ? root : path, "has invalid keys: " + key, Suggestion.of(key, known));
    }

    private @Nullable Object value(
            ConfigNode node, AnnotatedType type, @Nullable Object fallback, String path, boolean nullable) {
        Class<?> raw = raw(type);
        if (RecordShape.isConfig(raw)) {
            return nested(node, raw.asSubclass(Record.class), (Record) fallback, path, nullable);
        }
        if (List.class == raw) {
            return list(node, argument(type, 0), fallback, path);
        }
        if (Map.class == raw) {
            return map(node, argument(type, 1), fallback, path);
        }
        if (raw == Secret.class) {
            problems.redaction().add(node.mark());
        }
        try {
            return scalars.bind(
                    node, raw, fallback, warning -> problems.warn(node.mark(), where + ": '" + path + "' " + warning));
        } catch (ScalarBinder.Mismatch e) {
            error(node.mark(), path, String.valueOf(e.getMessage()), e.hint());
            return fallback;
        }
    }

    private @Nullable Record nested(
            ConfigNode node, Class<? extends Record> type, @Nullable Record fallback, String path, boolean nullable) {
        ConfigNode plain = node.plain();
        Record defaults = fallback != null ? fallback : RecordShape.defaultOf(type);
        if (!nullable) {
            return bind(node, defaults, path);
        }
        if (!(plain instanceof MapNode map)) {
            if (!(plain instanceof Null)) {
                // The Collector names an optional block twice, the second time as nothing.
                error(node.mark(), path, "'' expected a map or struct, got \"" + reflectKind(plain) + "\"", null);
            }
            return defaults;
        }
        boolean switchable = !RecordShape.of(type).ownsEnabled();
        Entry enabled = switchable ? map.entries().get("enabled") : null;
        if (enabled != null) {
            if (!(enabled.value().plain() instanceof Scalar(String text, ScalarType scalar, Mark _))
                    || scalar != ScalarType.BOOL) {
                String what =
                        enabled.value().plain() instanceof Scalar(String given, ScalarType _, Mark _) ? given : "";
                error(
                        enabled.value().mark(),
                        path,
                        "unexpected type " + ScalarBinder.goType(enabled.value().plain()) + " for 'enabled': got '"
                                + what + "' value expected 'true' or 'false'",
                        null);
            } else if (!ScalarBinder.isTrue(text)) {
                record(map, defaults, path, true);
                return null;
            }
        }
        return record(map, defaults, path, switchable);
    }

    private @Nullable Object list(ConfigNode node, AnnotatedType element, @Nullable Object fallback, String path) {
        return switch (node.plain()) {
            case ListNode list -> {
                List<@Nullable Object> items = new ArrayList<>();
                for (int i = 0; i < list.items().size(); i++) {
                    Object item = value(list.items().get(i), element, initial(element), path + "[" + i + "]", false);
                    // An enum has no zero: what is no word of it has been reported, and leaves nothing.
                    if (item != null) {
                        items.add(item);
                    }
                }
                yield Collections.unmodifiableList(items);
            }
            case Null _ -> node instanceof Expanded ? List.of() : fallback;
            case MapNode _, Scalar _, Expanded _ -> {
                error(
                        node.mark(),
                        path,
                        "source data must be an array or slice, got " + reflectKind(node.plain()),
                        null);
                yield fallback;
            }
        };
    }

    private @Nullable Object map(ConfigNode node, AnnotatedType element, @Nullable Object fallback, String path) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (fallback instanceof Map<?, ?> given) {
            given.forEach((key, value) -> values.put(String.valueOf(key), value));
        }
        switch (node.plain()) {
            case MapNode map ->
                map.entries()
                        .forEach((key, entry) ->
                                values.put(key, element(entry.value(), element, values.get(key), path, key)));
            case ListNode list
            when isText(element) -> {
                Set<String> given = new HashSet<>();
                for (int i = 0; i < list.items().size(); i++) {
                    pair(list.items().get(i), element, values, path, i, given);
                }
            }
            case Null _ -> {
                return node instanceof Expanded ? Map.of() : fallback;
            }
            case ListNode _, Scalar _, Expanded _ -> {
                String kind = reflectKind(node.plain());
                error(
                        node.mark(),
                        path,
                        isText(element)
                                ? "source data must be an array or slice, got " + kind
                                : "expected a map or struct, got \"" + kind + "\"",
                        null);
                return fallback;
            }
        }
        return Collections.unmodifiableMap(values);
    }

    private @Nullable Object element(
            ConfigNode node, AnnotatedType element, @Nullable Object before, String path, String key) {
        if (node instanceof Null && element.isAnnotationPresent(Nullable.class)) {
            return null;
        }
        Object initial = before != null ? before : initial(element);
        return value(node, element, initial, path + "[" + key + "]", false);
    }

    /** One of {@code [{name: a, value: b}]}, the other way to write a map of texts. */
    private void pair(
            ConfigNode node,
            AnnotatedType element,
            Map<String, @Nullable Object> into,
            String list,
            int index,
            Set<String> given) {
        String path = list + "[" + index + "]";
        if (!(node.plain() instanceof MapNode map)) {
            error(node.mark(), path, "expected a map or struct, got \"" + reflectKind(node.plain()) + "\"", null);
            return;
        }
        map.entries().forEach((key, entry) -> {
            if (!key.equals("name") && !key.equals("value")) {
                unknown(key, entry, List.of("name", "value"), path);
            }
        });
        Entry name = map.entries().get("name");
        Entry value = map.entries().get("value");
        try {
            String key = name == null ? "" : String.valueOf(scalars.bind(name.value(), String.class, "", _ -> {}));
            if (!given.add(key)) {
                error(map.mark(), list, "duplicate keys in map-style list: [" + key + "]", null);
            }
            into.put(
                    key,
                    value == null
                            ? initial(element)
                            : value(value.value(), element, initial(element), path + ".value", false));
        } catch (ScalarBinder.Mismatch e) {
            error(node.mark(), path + ".name", String.valueOf(e.getMessage()), e.hint());
        }
    }

    /** What an element is before anything is read into it. */
    private static @Nullable Object initial(AnnotatedType type) {
        Class<?> raw = raw(type);
        if (RecordShape.isConfig(raw)) {
            return RecordShape.defaultOf(raw.asSubclass(Record.class));
        }
        return raw == List.class ? List.of() : raw == Map.class ? Map.of() : ScalarBinder.zero(raw);
    }

    private void error(Mark mark, String path, String message, @Nullable String hint) {
        failed = true;
        problems.error(mark, head + "'" + path + "' " + message, hint);
    }

    static boolean isText(AnnotatedType type) {
        return raw(type) == String.class || raw(type) == Secret.class;
    }

    static AnnotatedType argument(AnnotatedType type, int index) {
        if (type instanceof AnnotatedParameterizedType parameterized) {
            return parameterized.getAnnotatedActualTypeArguments()[index];
        }
        throw new IllegalStateException("a configuration has the raw type " + type);
    }

    static Class<?> raw(AnnotatedType type) {
        return switch (type.getType()) {
            case Class<?> plain -> plain;
            case ParameterizedType parameterized -> (Class<?>) parameterized.getRawType();
            default -> throw new IllegalStateException("a configuration cannot have the type " + type.getType());
        };
    }

    /** What Go's reflect.Kind calls it. */
    private static String reflectKind(ConfigNode node) {
        return switch (node) {
            case MapNode _ -> "map";
            case ListNode _ -> "slice";
            case Scalar scalar -> scalar.type().goName();
            case Null _ -> "nil";
            case Expanded expanded -> reflectKind(expanded.value());
        };
    }
}
