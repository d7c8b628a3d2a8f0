package dev.sluice.slo.alert;

import dev.sluice.promql.rules.Alert;
import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.LabelsBuilder;

/**
 * News of one alert: that it is pending, fires or is resolved. Immutable.
 *
 * <p>Rules tell of a firing alert again after each {@code resend_delay}, and of a resolved one for 15 minutes, since whoever is told forgets
 * what is not repeated; a {@link #repeat} says nothing new. Whoever acts on changes alone passes over repeats.
 *
 * @param labels with {@code alertname}; they identify the alert
 * @param value of the expression
 * @param group the group of the alert's rule
 * @param generatorUrl where people see more of the rule; empty where there is no such place
 * @param exemplar a trace that shows what the alert is about
 * @param repeat the phase was told before
 */
public record AlertNotice(
        Labels labels,
        Labels annotations,
        AlertPhase phase,
        double value,
        String group,
        String generatorUrl,
        Times times,
        Exemplar exemplar,
        boolean repeat) {
    /** The label that names the rule. */
    static final String NAME = "alertname";

    /** What rules tell of an alert, pending ones included. */
    public static AlertNotice of(
            RuleSpec.Alerting rule, String group, Alert alert, String generatorUrl, Exemplar exemplar) {
        AlertPhase phase = AlertPhase.of(alert.state());
        Times times = Times.of(phase, alert, rule.holdFor());
        boolean repeat = phase != AlertPhase.PENDING && alert.lastSentAt() > times.changedAt(phase);
        return new AlertNotice(
                alert.labels(),
                alert.annotations(),
                phase,
                alert.value(),
                group,
                generatorUrl,
                times,
                exemplar,
                repeat);
    }

    /** The alert's name, which is its rule's. */
    public String name() {
        return labels.get(NAME);
    }

    /** The number by which Alertmanager knows the alert, as it shows it. */
    public String fingerprint() {
        return Fingerprint.text(labels);
    }

    /** When the alert came into its phase. */
    public long changedAt() {
        return times.changedAt(phase);
    }

    /** With those of the labels that it lacks, as Prometheus adds its {@code external_labels}. */
    public AlertNotice with(Labels external) {
        LabelsBuilder merged = new LabelsBuilder(external);
        for (int i = 0; i < labels.size(); i++) {
            merged.set(labels.name(i), labels.value(i));
        }
        return new AlertNotice(
                merged.labels(), annotations, phase, value, group, generatorUrl, times, exemplar, repeat);
    }

    /** With that place to see more, if it has none. */
    public AlertNotice orGeneratorUrl(String url) {
        return generatorUrl.isEmpty() && !url.isEmpty()
                ? new AlertNotice(labels, annotations, phase, value, group, url, times, exemplar, repeat)
                : this;
    }

    /**
     * Moments in milliseconds since 1970; 0 for what has not been.
     *
     * @param activeAt since when the condition holds
     * @param firedAt since when the alert fires
     * @param resolvedAt since when it no longer does
     * @param sentAt when this was said, which for a repeat is later than what it says
     * @param endsAt when a firing alert counts as resolved for whoever hears no more of it
     * @param dueAt when the phase was to begin: for a firing alert when the condition had held for the rule's {@code for}
     */
    public record Times(long activeAt, long firedAt, long resolvedAt, long sentAt, long endsAt, long dueAt) {
        private static Times of(AlertPhase phase, Alert alert, long holdFor) {
            return switch (phase) {
                case PENDING -> new Times(alert.activeAt(), 0, 0, alert.activeAt(), 0, alert.activeAt());
                case FIRING ->
                    new Times(
                            alert.activeAt(),
                            alert.firedAt(),
                            0,
                            Math.max(alert.lastSentAt(), alert.firedAt()),
                            alert.validUntil(),
                            alert.activeAt() + holdFor);
                case RESOLVED ->
                    new Times(
                            alert.activeAt(),
                            alert.firedAt(),
                            alert.resolvedAt(),
                            Math.max(alert.lastSentAt(), alert.resolvedAt()),
                            alert.resolvedAt(),
                            alert.resolvedAt());
            };
        }

        private long changedAt(AlertPhase phase) {
            return switch (phase) {
                case PENDING -> activeAt;
                case FIRING -> firedAt;
                case RESOLVED -> resolvedAt;
            };
        }
    }

    /**
     * A span, by ids in lower-case hex.
     *
     * @param spanId may be empty
     */
    public record Exemplar(String traceId, String spanId) {
        public static final Exemplar NONE = new Exemplar("", "");

        public boolean isPresent() {
            return !traceId.isEmpty();
        }
    }
}
