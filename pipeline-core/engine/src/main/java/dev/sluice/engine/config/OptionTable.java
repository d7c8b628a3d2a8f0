package dev.sluice.engine.config;

import dev.sluice.api.ComponentId;
import dev.sluice.api.config.Secret;
import dev.sluice.engine.config.RecordShape.Option;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The options of one configuration as a Markdown table. */
final class OptionTable {
    private final Record defaults;
    private final StringBuilder rows = new StringBuilder();
    private final Set<Class<?>> open = new HashSet<>();
    private final ConfigValues values = new ConfigValues(false);

    OptionTable(Record defaults) {
        this.defaults = defaults;
    }

    String markdown() {
        block(defaults, "");
        return rows.isEmpty() ? "No options.\n" : "| key | type | default | meaning |\n|---|---|---|---|\n" + rows;
    }

    private void block(Record config, String prefix) {
        open.add(config.getClass());
        for (Option option : RecordShape.of(config.getClass()).options()) {
            Object value = option.of(config);
            if (option.squash()) {
                block(value instanceof Record nested ? nested : RecordShape.defaultOf(option.record()), prefix);
            } else if (option.rest()) {
                AnnotatedType element = Binder.argument(option.type(), 1);
                row(prefix + "<name>", typeName(element), "", option);
                nested(element, null, prefix + "<name>");
            } else {
                option(option, value, prefix + option.key());
            }
        }
        open.remove(config.getClass());
    }

    private void option(Option option, @Nullable Object value, String key) {
        row(key, typeName(option.type()), defaultCell(option, value), option);
        nested(option.type(), value, key);
    }

    private void row(String key, String type, String byDefault, Option option) {
        String meaning = option.doc() == null ? "" : option.doc().value();
        if (option.doc() != null && option.doc().sluiceOnly()) {
            meaning = "*Sluice only.* " + meaning;
        }
        rows.append("| `")
                .append(key)
                .append("` | ")
                .append(cell(type))
                .append(" | ")
                .append(byDefault)
                .append(" | ")
                .append(cell(meaning))
                .append(" |\n");
    }

    private void nested(AnnotatedType type, @Nullable Object value, String key) {
        Class<?> raw = Binder.raw(type);
        if (RecordShape.isConfig(raw)) {
            if (!open.contains(raw)) {
                block(
                        value instanceof Record given ? given : RecordShape.defaultOf(raw.asSubclass(Record.class)),
                        key + ".");
            }
        } else if (type instanceof AnnotatedParameterizedType generic) {
            AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
            nested(arguments[arguments.length - 1], null, raw == Map.class ? key + ".<name>" : key + "[]");
        }
    }

    private String defaultCell(Option option, @Nullable Object value) {
        if (RecordShape.isConfig(Binder.raw(option.type()))) {
            return value == null ? "absent" : "";
        }
        String text = literal(values.plain(value));
        return text.isEmpty() ? "" : "`" + cell(text) + "`";
    }

    private static String literal(@Nullable Object plain) {
        return switch (plain) {
            case null -> "";
            case List<?> list -> list.stream().map(OptionTable::literal).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + literal(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Double number
            when number == Math.rint(number) && Math.abs(number) < 1e15 -> Long.toString(number.longValue());
            case Float number
            when number == Math.rint(number) && Math.abs(number) < 1e7 -> Long.toString(number.longValue());
            default -> plain.toString();
        };
    }

    private static String typeName(AnnotatedType type) {
        Class<?> raw = Binder.raw(type);
        if (type instanceof AnnotatedParameterizedType generic) {
            AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
            return (raw == Map.class ? "map of " : "list of ") + typeName(arguments[arguments.length - 1]);
        }
        if (raw.isEnum()) {
            return ScalarBinder.words(raw).keySet().stream()
                    .map(word -> "`" + word + "`")
                    .collect(Collectors.joining(", "));
        }
        if (RecordShape.isConfig(raw)) {
            return "block";
        }
        if (raw == Duration.class) {
            return "duration";
        }
        if (raw == Secret.class) {
            return "secret";
        }
        if (raw == ComponentId.class) {
            return "component id";
        }
        if (raw == String.class) {
            return "text";
        }
        if (raw == Object.class) {
            return "text, number or bool";
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return "bool";
        }
        return raw == float.class || raw == double.class || raw == Float.class || raw == Double.class
                ? "number"
                : "int";
    }

    /** Fit for a cell of a Markdown table. */
    static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
