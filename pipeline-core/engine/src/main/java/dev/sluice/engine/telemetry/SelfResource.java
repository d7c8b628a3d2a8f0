package dev.sluice.engine.telemetry;

import dev.sluice.engine.telemetry.ResourceConfig.Attribute;
import dev.sluice.engine.telemetry.ResourceConfig.ValueType;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The resource of all own telemetry: who the process is, then what the configuration adds, changes and takes away. */
final class SelfResource {
    private SelfResource() {}

    static Resource of(Identity identity, ResourceConfig config) {
        List<Attribute> wanted = new ArrayList<>();
        wanted.add(string("service.name", identity.name()));
        wanted.add(string("service.version", identity.version()));
        wanted.add(string("service.instance.id", identity.instance()));
        wanted.addAll(config.attributes());
        config.map().forEach((name, value) -> wanted.add(string(name, value)));

        Map<String, Attribute> last = new LinkedHashMap<>();
        for (Attribute attribute : wanted) {
            last.put(attribute.name(), attribute);
        }
        AttributesBuilder attributes = Attributes.builder();
        last.values().forEach(attribute -> put(attributes, attribute));
        return Resource.create(attributes.build(), config.schemaUrl().isEmpty() ? null : config.schemaUrl());
    }

    /** The pairs of {@code a=1,b=2}, which is how headers and attributes are written where a list is not to be had. */
    static Map<String, String> pairs(String list) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : list.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            }
        }
        return pairs;
    }

    private static Attribute string(String name, @Nullable String value) {
        return new Attribute(name, value, ValueType.STRING);
    }

    private static void put(AttributesBuilder attributes, Attribute attribute) {
        if (attribute.value() == null) {
            return;
        }
        String value = attribute.value().toString();
        ValueType type = attribute.type() == null ? natural(attribute.value()) : attribute.type();
        try {
            switch (type) {
                case STRING -> attributes.put(attribute.name(), value);
                case BOOL -> attributes.put(attribute.name(), Boolean.parseBoolean(value));
                case INT -> attributes.put(AttributeKey.longKey(attribute.name()), Long.parseLong(value));
                case DOUBLE -> attributes.put(attribute.name(), Double.parseDouble(value));
            }
        } catch (NumberFormatException e) {
            // Told with the name, which the exception does not know.
            throw new IllegalArgumentException(
                    "service::telemetry::resource: attribute \"" + attribute.name() + "\" is not a number: " + value,
                    e);
        }
    }

    private static ValueType natural(Object value) {
        return switch (value) {
            case Boolean _ -> ValueType.BOOL;
            case Long _ -> ValueType.INT;
            case Double _ -> ValueType.DOUBLE;
            default -> ValueType.STRING;
        };
    }
}
