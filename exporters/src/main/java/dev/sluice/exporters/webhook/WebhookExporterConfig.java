package dev.sluice.exporters.webhook;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.api.config.RetryConfig;
import dev.sluice.api.config.Squash;
import dev.sluice.slo.alert.WebhookConfig;

/** Configuration of the exporter {@code webhook}. */
public record WebhookExporterConfig(
        @Squash @Doc("The webhook.") WebhookConfig webhook,

        @Doc("Where people find this Sluice: the `externalURL` of messages in Alertmanager's shape.")
        String externalUrl,

        @Doc("Retries.") RetryConfig retryOnFailure,
        @Doc("The queue before the exporter.") QueueConfig sendingQueue)
        implements Config {
    public static final WebhookExporterConfig DEFAULT =
            new WebhookExporterConfig(WebhookConfig.DEFAULT, "", RetryConfig.DEFAULT, QueueConfig.DEFAULT.inOrder());
}
