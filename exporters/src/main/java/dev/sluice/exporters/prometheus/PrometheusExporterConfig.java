package dev.sluice.exporters.prometheus;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Listens;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.api.config.Squash;
import dev.sluice.prometheus.ResourceFilter;
import dev.sluice.prometheus.TranslationStrategy;
import dev.sluice.transport.server.HttpServerConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration of the {@code prometheus} exporter. */
public record PrometheusExporterConfig(
        @Doc("Where to listen for scrapers.") @Squash HttpServerConfig server,

        @Doc(value = "Path that scrapers ask for.", sluiceOnly = true)
        String path,

        @Doc("Put before every metric name, with an underscore.")
        String namespace,

        @Doc("Labels that every series gets.") Map<String, String> constLabels,

        @Doc("Write the time of the last point beside each sample.")
        boolean sendTimestamps,

        @Doc("How long a series is shown after its last point.")
        Duration metricExpiration,

        @Doc("Resource attributes that become labels of every series.")
        ResourceConstantLabels resourceConstantLabels,

        @Doc("Deprecated: use `resource_constant_labels`.") ResourceToTelemetry resourceToTelemetryConversion,

        @Doc("Answer in OpenMetrics where a scraper prefers that.")
        boolean enableOpenMetrics,

        @Doc("Leave out the labels `otel_scope_…`.") boolean withoutScopeInfo,

        @Doc("Deprecated: use `translation_strategy`. Whether names end in unit and type.")
        boolean addMetricSuffixes,

        @Doc(
                "How names become Prometheus names: `UnderscoreEscapingWithSuffixes`, `UnderscoreEscapingWithoutSuffixes`, "
                        + "`NoUTF8EscapingWithSuffixes` or `NoTranslation`. Empty leaves it to `add_metric_suffixes`.")
        String translationStrategy,

        @Doc(
                value = "The most series that are kept; points of further ones are refused and counted.",
                sluiceOnly = true)
        int maxSeries,

        @Doc("A queue before the exporter; there is none unless the block is there.") @Nullable
        QueueConfig sendingQueue)
        implements Config, Listens {
    public static final PrometheusExporterConfig DEFAULT = new PrometheusExporterConfig(
            HttpServerConfig.DEFAULT,
            "/metrics",
            "",
            Map.of(),
            false,
            Duration.ofMinutes(5),
            ResourceConstantLabels.DEFAULT,
            ResourceToTelemetry.DEFAULT,
            false,
            false,
            true,
            "",
            500_000,
            null);

    /** The strategy in force. */
    TranslationStrategy strategy() {
        return TranslationStrategy.of(translationStrategy, addMetricSuffixes);
    }

    /** The resource attributes that become labels: {@code resource_constant_labels} overrules the older block. */
    ResourceFilter promoted() {
        boolean chosen = !resourceConstantLabels.included().isEmpty()
                || !resourceConstantLabels.excluded().isEmpty();
        return chosen
                ? ResourceFilter.matching(resourceConstantLabels.included(), resourceConstantLabels.excluded())
                : ResourceFilter.all(
                        resourceToTelemetryConversion.enabled(),
                        resourceToTelemetryConversion.excludeServiceAttributes());
    }

    @Override
    public Map<String, String> listens() {
        return Map.of("endpoint", server.endpoint());
    }

    @Override
    public void validate(Problems problems) {
        if (server.endpoint().isBlank()) {
            problems.at("endpoint", "expecting a non-blank address to run the Prometheus metrics handler");
        }
        if (!path.startsWith("/")) {
            problems.at("path", "`path` must start with `/`, found \"" + path + "\"");
        }
        if (!translationStrategy.isEmpty() && !strategy().key().equals(translationStrategy)) {
            problems.at("translation_strategy", "invalid translation_strategy: " + translationStrategy);
        }
        if (metricExpiration.isNegative()) {
            problems.at("metric_expiration", "`metric_expiration` must be non-negative");
        }
        if (maxSeries <= 0) {
            problems.at("max_series", "`max_series` must be positive, found " + maxSeries);
        }
    }

    /** The block {@code resource_constant_labels}. In patterns {@code *} stands for any characters and {@code ?} for one. */
    public record ResourceConstantLabels(
            @Doc("Patterns of the attributes to take; all if empty while `excluded` is not.")
            List<String> included,

            @Doc("Patterns of the attributes to leave out.") List<String> excluded)
            implements Config {
        public static final ResourceConstantLabels DEFAULT = new ResourceConstantLabels(List.of(), List.of());
    }

    /** The block {@code resource_to_telemetry_conversion}. */
    public record ResourceToTelemetry(
            @Doc("Make labels of all resource attributes.") boolean enabled,

            @Doc(
                    "Leave out `service.name`, `service.namespace` and `service.instance.id`, which are in `job` and `instance`.")
            boolean excludeServiceAttributes)
            implements Config {
        public static final ResourceToTelemetry DEFAULT = new ResourceToTelemetry(false, false);
    }
}
