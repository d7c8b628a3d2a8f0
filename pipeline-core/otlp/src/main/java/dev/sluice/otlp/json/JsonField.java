package dev.sluice.otlp.json;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One field of a message in {@link JsonSchema}. */
final class JsonField {
    /** When a singular field is written. */
    enum Presence {
        /** Unless it is 0 or empty. */
        NOT_DEFAULT,
        /** Where it is on the wire: members of a oneof and optional fields. */
        EXPLICIT,
        /** Always, as the Collector does with the messages that it holds by value. */
        ALWAYS
    }

    private final String name;
    private final int number;
    private final JsonType type;
    private final Presence presence;
    private final boolean repeated;
    private final @Nullable JsonMessage message;
    private final Map<String, Integer> enumNames;
    private boolean oneof;

    JsonField(
            String name,
            int number,
            JsonType type,
            Presence presence,
            boolean repeated,
            @Nullable JsonMessage message,
            Map<String, Integer> enumNames) {
        this.name = name;
        this.number = number;
        this.type = type;
        this.presence = presence;
        this.repeated = repeated;
        this.message = message;
        this.enumNames = enumNames;
    }

    /** The key in lowerCamelCase. */
    String name() {
        return name;
    }

    int number() {
        return number;
    }

    JsonType type() {
        return type;
    }

    Presence presence() {
        return presence;
    }

    boolean isRepeated() {
        return repeated;
    }

    JsonMessage message() {
        return Objects.requireNonNull(message);
    }

    Map<String, Integer> enumNames() {
        return enumNames;
    }

    /** Whether the message's oneof has this field: no message of OTLP has two oneofs. */
    boolean isOneof() {
        return oneof;
    }

    void setOneof() {
        oneof = true;
    }
}
