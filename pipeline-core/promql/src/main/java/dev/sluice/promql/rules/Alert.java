package dev.sluice.promql.rules;

import dev.sluice.promql.series.Labels;

/**
 * An alert as it is at some moment: what is sent, shown and kept over a restart.
 *
 * @param labels with {@code alertname}; they identify the alert within its rule
 * @param value the expression's last value; a histogram's sum
 * @param activeAt since when the condition holds
 * @param firedAt since when it fires
 * @param resolvedAt since when it no longer fires
 * @param lastSentAt when it was last sent
 * @param validUntil when whoever was told may forget it, if it hears no more
 * @param keepFiringSince since when it fires only because of {@code keep_firing_for}
 */
public record Alert(
        Labels labels,
        Labels annotations,
        AlertState state,
        double value,
        long activeAt,
        long firedAt,
        long resolvedAt,
        long lastSentAt,
        long validUntil,
        long keepFiringSince) {
    Alert withActiveAt(long time) {
        return new Alert(
                labels, annotations, state, value, time, firedAt, resolvedAt, lastSentAt, validUntil, keepFiringSince);
    }
}
