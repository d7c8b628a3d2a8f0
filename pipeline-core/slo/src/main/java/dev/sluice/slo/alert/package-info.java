/** Alerts on their way out: as values, as OTLP log records, and to Alertmanager and webhooks. */
@org.jspecify.annotations.NullMarked
package dev.sluice.slo.alert;
