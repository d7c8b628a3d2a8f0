package dev.sluice.slo.alert;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The block {@code alerting}: who is told of alerts, and what of them. */
public record AlertingConfig(
        @Doc(
                "The Alertmanagers, all of which are told of everything. The keys are Prometheus' own, and those of any HTTP client.")
        List<AlertmanagerConfig> alertmanagers,

        @Doc("Who else is told: an HTTP request for each change.")
        List<WebhookConfig> webhooks,

        @Doc(
                "Of which changes webhooks are told: `pending`, `firing`, `resolved`. Alertmanagers know no pending alerts and are told of the rest.")
        List<AlertPhase> notifyOn,

        @Doc("After this time Alertmanagers are told again of an alert that still fires.")
        Duration resendDelay,

        @Doc("Labels that alerts get where they have none of the name.")
        Map<String, String> externalLabels,

        @Doc("Where people find this Sluice: the `externalURL` of webhooks.")
        String externalUrl)
        implements Config {
    public static final AlertingConfig DEFAULT =
            new AlertingConfig(List.of(), List.of(), WebhookConfig.CHANGES, Duration.ofMinutes(1), Map.of(), "");

    public AlertingConfig {
        alertmanagers = List.copyOf(alertmanagers);
        webhooks = List.copyOf(webhooks);
        notifyOn = List.copyOf(notifyOn);
        externalLabels = Map.copyOf(externalLabels);
    }

    @Override
    public void validate(Problems problems) {
        if (!resendDelay.isPositive()) {
            problems.at("resend_delay", "must be positive");
        }
        for (String name : externalLabels.keySet()) {
            if (name.isEmpty()) {
                problems.at("external_labels", "a label must have a name");
            }
        }
    }
}
