package dev.sluice.slo.series;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import java.util.Map;

/** One of {@code metric_aliases}: rules find a metric under another name too. */
public record MetricAliasConfig(
        @Doc("Name of the metric as it is sent, such as `http.server.request.duration`.")
        String from,

        @Doc(
                "The name that it has for the rules as well, in OTLP's terms: `http.request.duration` becomes `http_request_duration_seconds` where the unit is `s`.")
        String to,

        @Doc("Attributes that have another name under the alias: `http.route: path`.")
        Map<String, String> attributes)
        implements Config {
    public static final MetricAliasConfig DEFAULT = new MetricAliasConfig("", "", Map.of());

    public MetricAliasConfig {
        attributes = Map.copyOf(attributes);
    }

    @Override
    public void validate(Problems problems) {
        if (from.isEmpty()) {
            problems.at("from", "requires a non-empty \"from\"");
        }
        if (to.isEmpty()) {
            problems.at("to", "requires a non-empty \"to\"");
        }
        attributes.forEach((key, name) -> {
            if (key.isEmpty() || name.isEmpty()) {
                problems.at("attributes", "an attribute has a name before and after");
            }
        });
    }
}
