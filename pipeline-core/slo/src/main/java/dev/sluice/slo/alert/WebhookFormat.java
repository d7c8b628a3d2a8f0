package dev.sluice.slo.alert;

/** What webhooks are sent. */
public enum WebhookFormat {
    ALERTMANAGER,
    CLOUDEVENTS
}
