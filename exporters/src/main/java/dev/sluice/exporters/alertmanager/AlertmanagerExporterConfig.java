package dev.sluice.exporters.alertmanager;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.api.config.RetryConfig;
import dev.sluice.api.config.Squash;
import dev.sluice.slo.alert.AlertmanagerConfig;
import java.util.List;
import java.util.Map;

/** Configuration of the exporter {@code alertmanager}. */
public record AlertmanagerExporterConfig(
        @Squash @Doc("The Alertmanagers.") AlertmanagerConfig destination,

        @Doc("The `generatorURL` of alerts that say none.") String generatorUrl,

        @Doc("The label `severity` of a record that is no alert of a rule.")
        String severity,

        @Doc("The attribute that holds the severity of a record that is no alert of a rule.")
        String severityAttribute,

        @Doc("The attributes that become labels of a record that is no alert of a rule; all become annotations.")
        List<String> eventLabels,

        @Doc(value = "Labels that alerts get where they have none of the name.", sluiceOnly = true)
        Map<String, String> externalLabels,

        @Doc("Retries.") RetryConfig retryOnFailure,
        @Doc("The queue before the exporter.") QueueConfig sendingQueue)
        implements Config {
    public static final AlertmanagerExporterConfig DEFAULT = new AlertmanagerExporterConfig(
            AlertmanagerConfig.DEFAULT.at("http://localhost:9093"),
            "",
            "info",
            "",
            List.of(),
            Map.of(),
            RetryConfig.DEFAULT,
            QueueConfig.DEFAULT.inOrder());

    public AlertmanagerExporterConfig {
        eventLabels = List.copyOf(eventLabels);
        externalLabels = Map.copyOf(externalLabels);
    }

    @Override
    public void validate(Problems problems) {
        if (severity.isEmpty()) {
            problems.at("severity", "severity must be non-empty");
        }
    }
}
