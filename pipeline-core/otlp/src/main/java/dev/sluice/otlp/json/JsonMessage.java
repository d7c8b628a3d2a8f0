package dev.sluice.otlp.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One message in {@link JsonSchema}: its fields in the order in which they are written. */
final class JsonMessage {
    private final List<JsonField> fields = new ArrayList<>();
    private final List<JsonField> oneof = new ArrayList<>();
    private final Map<String, JsonField> byName = new HashMap<>();

    List<JsonField> fields() {
        return fields;
    }

    /** The members of the oneof; none if there is none. */
    List<JsonField> oneof() {
        return oneof;
    }

    /** By lowerCamelCase or by the proto's name, as the Collector reads both. */
    @Nullable
    JsonField field(String name) {
        return byName.get(name);
    }

    JsonMessage add(String name, int number, JsonType type) {
        return add(new JsonField(name, number, type, JsonField.Presence.NOT_DEFAULT, false, null, Map.of()));
    }

    JsonMessage addEnum(String name, int number, Map<String, Integer> names) {
        return add(new JsonField(name, number, JsonType.ENUM, JsonField.Presence.NOT_DEFAULT, false, null, names));
    }

    JsonMessage addOptional(String name, int number, JsonType type) {
        return add(new JsonField(name, number, type, JsonField.Presence.EXPLICIT, false, null, Map.of()));
    }

    JsonMessage addOneof(String name, int number, JsonType type) {
        return addMember(new JsonField(name, number, type, JsonField.Presence.EXPLICIT, false, null, Map.of()));
    }

    JsonMessage addOneof(String name, int number, JsonMessage message) {
        return addMember(
                new JsonField(name, number, JsonType.MESSAGE, JsonField.Presence.EXPLICIT, false, message, Map.of()));
    }

    JsonMessage addAlways(String name, int number, JsonMessage message) {
        return add(new JsonField(name, number, JsonType.MESSAGE, JsonField.Presence.ALWAYS, false, message, Map.of()));
    }

    JsonMessage addRepeated(String name, int number, JsonType type) {
        return add(new JsonField(name, number, type, JsonField.Presence.NOT_DEFAULT, true, null, Map.of()));
    }

    JsonMessage addRepeated(String name, int number, JsonMessage message) {
        return add(
                new JsonField(name, number, JsonType.MESSAGE, JsonField.Presence.NOT_DEFAULT, true, message, Map.of()));
    }

    private JsonMessage addMember(JsonField field) {
        field.setOneof();
        oneof.add(field);
        return add(field);
    }

    private JsonMessage add(JsonField field) {
        fields.add(field);
        byName.put(field.name(), field);
        byName.put(snakeCase(field.name()), field);
        return this;
    }

    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
