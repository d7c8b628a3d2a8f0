package dev.sluice.engine.telemetry;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.Rest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code service::telemetry::resource}, in either of two forms: a map of attributes, or the keys of OpenTelemetry's own
 * configuration. An attribute without a value takes away one that is there by itself.
 */
public record ResourceConfig(
        @Doc("Attributes, one by one.") List<Attribute> attributes,

        @Doc("Refused, as the Collector does: use `attributes`.")
        String attributesList,

        @Doc("What is found out about the surroundings. Taken, and of no effect.") @Nullable
        Detectors detectors,

        @Doc("The version of the conventions that the names follow.")
        String schemaUrl,

        @Doc("Attributes by name; a null takes away an attribute that is there by itself.") @Rest
        Map<String, @Nullable String> map)
        implements Config {
    public static final ResourceConfig DEFAULT = new ResourceConfig(List.of(), "", null, "", Map.of());

    @Override
    public void validate(Problems problems) {
        if (!attributesList.isEmpty()) {
            problems.at(
                    "attributes_list",
                    "resource::attributes_list is not currently supported, please use resource::attributes");
        }
        if (!attributes.isEmpty() && !map.isEmpty()) {
            problems.add("resource::attributes cannot be used together with legacy inline resource attributes");
        }
        for (int i = 0; i < attributes.size(); i++) {
            if (attributes.get(i).name.isEmpty()) {
                problems.at("attributes::" + i, "attribute name must not be empty");
            }
        }
    }

    /** One attribute. */
    public record Attribute(
            @Doc("The name.") String name,

            @Doc("The value, a text, a number or true or false; none takes the attribute away.") @Nullable
            Object value,

            @Doc("The type of the value, if not the one it is written as.") @Nullable
            ValueType type)
            implements Config {
        public static final Attribute DEFAULT = new Attribute("", null, null);
    }

    /** Types of attribute values. */
    public enum ValueType {
        STRING,
        BOOL,
        INT,
        DOUBLE
    }

    /** The block {@code detectors}. */
    public record Detectors(
            @Doc("Which attributes are kept.") MetricsConfig.@Nullable IncludeExclude attributes) implements Config {
        public static final Detectors DEFAULT = new Detectors(null);
    }
}
