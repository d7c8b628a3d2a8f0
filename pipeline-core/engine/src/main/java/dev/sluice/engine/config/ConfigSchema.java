package dev.sluice.engine.config;

import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentId;
import dev.sluice.engine.config.Factories.Kind;
import dev.sluice.engine.config.RecordShape.Option;
import dev.sluice.engine.telemetry.TelemetryConfig;
import dev.sluice.otlp.Signal;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The JSON schema of a configuration file, for editors. As lenient as the loader: every value may be null, which leaves the default, or hold an
 * expansion; what cannot be said in a schema, such as references, is left out.
 */
final class ConfigSchema {
    private final Factories factories;
    private final Map<String, Object> definitions = new TreeMap<>();
    private final ConfigValues values = new ConfigValues(false);

    ConfigSchema(Factories factories) {
        this.factories = factories;
    }

    Map<String, Object> schema() {
        scalars();
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            properties.put(kind.section(), section(kind));
        }
        properties.put("service", service());
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Sluice configuration");
        schema.putAll(object(properties));
        schema.put("$defs", definitions);
        return schema;
    }

    private void scalars() {
        Map<String, Object> expansion = map("type", "string", "pattern", "\\$\\{.+\\}");
        Map<String, Object> nothing = map("type", "null");
        definitions.put("expansion", expansion);
        definitions.put("text", map("type", List.of("string", "null")));
        definitions.put("bool", anyOf(map("type", "boolean"), nothing, expansion));
        // An integer may be written as 0o17 or 5_000, which YAML 1.2 tools take for texts.
        definitions.put(
                "int",
                anyOf(
                        map("type", "number"),
                        nothing,
                        map(
                                "type",
                                "string",
                                "pattern",
                                "^[-+]?(0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]*|[1-9][0-9_]*)$"),
                        expansion));
        definitions.put("number", anyOf(map("type", "number"), nothing, expansion));
        definitions.put(
                "duration",
                anyOf(
                        map(
                                "type",
                                "string",
                                "pattern",
                                "^[-+]?(0|(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)$"),
                        map("type", "number"),
                        nothing,
                        expansion));
        definitions.put("scalar", map("type", List.of("string", "number", "boolean", "null")));
        definitions.put(
                "id",
                anyOf(
                        map("type", "string", "pattern", "^\\s*[a-zA-Z][0-9a-zA-Z_]{0,62}\\s*(/.*)?$"),
                        nothing,
                        expansion));
    }

    private Map<String, Object> section(Kind kind) {
        Map<String, Object> patterns = new LinkedHashMap<>();
        for (ComponentFactory<?> factory : factories.of(kind)) {
            Map<String, Object> body = block(factory.defaultConfig(), false);
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("description", factory.summary());
            described.putAll(body);
            patterns.put(idPattern(factory.type().name()), described);
            for (String alias : factory.type().aliases()) {
                Map<String, Object> old = new LinkedHashMap<>(described);
                old.put("deprecated", true);
                patterns.put(idPattern(alias), old);
            }
        }
        Map<String, Object> section = map("type", List.of("object", "null"));
        if (!patterns.isEmpty()) {
            section.put("patternProperties", patterns);
        }
        section.put("additionalProperties", false);
        return section;
    }

    private Map<String, Object> service() {
        Map<String, Object> ids =
                anyOf(map("type", "array", "items", ref("id")), map("type", "null"), ref("expansion"));
        Map<String, Object> lists = new LinkedHashMap<>();
        lists.put("receivers", ids);
        lists.put("processors", ids);
        lists.put("exporters", ids);
        String signals = Arrays.stream(Signal.values()).map(Signal::key).collect(Collectors.joining("|"));
        Map<String, Object> pipelines = map("type", List.of("object", "null"));
        pipelines.put("patternProperties", map(idPattern(signals), object(lists)));
        pipelines.put("additionalProperties", false);
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("extensions", ids);
        properties.put("pipelines", pipelines);
        properties.put("telemetry", block(TelemetryConfig.DEFAULT, false));
        return object(properties);
    }

    /** A block, or null, or an expansion. */
    private Map<String, Object> block(Record defaults, boolean switchable) {
        return anyOf(definition(defaults, switchable), map("type", "null"), ref("expansion"));
    }

    /** One definition for each class, so that a block may hold its like; a block with defaults of its own is written out. */
    private Map<String, Object> definition(Record defaults, boolean switchable) {
        Class<? extends Record> type = defaults.getClass();
        if (!defaults.equals(RecordShape.defaultOf(type))) {
            return content(defaults, switchable);
        }
        String name = type.getName().replace("dev.sluice.", "").replace('$', '.') + (switchable ? ".optional" : "");
        if (!definitions.containsKey(name)) {
            definitions.put(name, Map.of());
            definitions.put(name, content(defaults, switchable));
        }
        return ref(name);
    }

    private Map<String, Object> content(Record defaults, boolean switchable) {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (switchable) {
            properties.put("enabled", described("Whether the block is there at all.", ref("bool"), true));
        }
        properties(defaults, properties);
        Map<String, Object> content = object(properties);
        for (Option option : RecordShape.of(defaults.getClass()).options()) {
            if (option.rest()) {
                content.put("additionalProperties", element(option.type()));
            }
        }
        return content;
    }

    private void properties(Record defaults, Map<String, Object> into) {
        for (Option option : RecordShape.of(defaults.getClass()).options()) {
            Object value = option.of(defaults);
            if (option.squash()) {
                properties(value instanceof Record nested ? nested : RecordShape.defaultOf(option.record()), into);
                continue;
            }
            if (option.rest()) {
                continue;
            }
            boolean block = RecordShape.isConfig(Binder.raw(option.type()));
            String text = option.doc() == null
                    ? ""
                    : option.doc().value() + (option.doc().sluiceOnly() ? " (Sluice only.)" : "");
            into.put(
                    option.key(),
                    described(text, type(option.type(), value, option.nullable()), block ? null : values.plain(value)));
        }
    }

    private Map<String, Object> type(AnnotatedType type, @Nullable Object value, boolean nullable) {
        Class<?> raw = Binder.raw(type);
        if (RecordShape.isConfig(raw)) {
            Class<? extends Record> record = raw.asSubclass(Record.class);
            Record defaults = value instanceof Record given ? given : RecordShape.defaultOf(record);
            boolean switchable = nullable && !RecordShape.of(record).ownsEnabled();
            return block(defaults, switchable);
        }
        if (raw.isEnum()) {
            List<@Nullable Object> words =
                    new ArrayList<>(ScalarBinder.words(raw).keySet());
            words.add(null);
            return anyOf(map("enum", words), ref("expansion"));
        }
        if (type instanceof AnnotatedParameterizedType) {
            Map<String, Object> item = element(type);
            if (raw == List.class) {
                return anyOf(map("type", "array", "items", item), map("type", "null"), ref("expansion"));
            }
            List<Map<String, Object>> forms = new ArrayList<>();
            forms.add(map("type", "object", "additionalProperties", item));
            if (Binder.isText(Binder.argument(type, 1))) {
                forms.add(map("type", "array", "items", object(map("name", ref("text"), "value", item))));
            }
            forms.add(map("type", "null"));
            forms.add(ref("expansion"));
            return map("anyOf", forms);
        }
        return ref(scalar(raw));
    }

    /** The last type argument: what a list or a map holds. */
    private Map<String, Object> element(AnnotatedType type) {
        return type(Binder.argument(type, Binder.raw(type) == Map.class ? 1 : 0), null, false);
    }

    private static String scalar(Class<?> raw) {
        if (raw == Duration.class) {
            return "duration";
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return "bool";
        }
        if (raw == int.class || raw == long.class || raw == Integer.class || raw == Long.class) {
            return "int";
        }
        if (raw == float.class || raw == double.class || raw == Float.class || raw == Double.class) {
            return "number";
        }
        if (raw == Object.class) {
            return "scalar";
        }
        return raw == ComponentId.class ? "id" : "text";
    }

    private static Map<String, Object> described(String text, Map<String, Object> type, @Nullable Object value) {
        Map<String, Object> result = new LinkedHashMap<>();
        if (!text.isEmpty()) {
            result.put("description", text);
        }
        if (value != null) {
            result.put("default", value);
        }
        result.putAll(type);
        return result;
    }

    private static String idPattern(String types) {
        return "^\\s*(" + types + ")\\s*(/.*)?$";
    }

    private static Map<String, Object> object(Map<String, Object> properties) {
        return map("type", List.of("object", "null"), "properties", properties, "additionalProperties", false);
    }

    private static Map<String, Object> anyOf(Object... forms) {
        return map("anyOf", List.of(forms));
    }

    private static Map<String, Object> ref(String definition) {
        return map("$ref", "#/$defs/" + definition);
    }

    private static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }
}
