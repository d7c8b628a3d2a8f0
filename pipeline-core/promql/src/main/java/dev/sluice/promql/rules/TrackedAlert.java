package dev.sluice.promql.rules;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.LabelsBuilder;
import org.jspecify.annotations.Nullable;

/** An alert while its rule lives. */
final class TrackedAlert {
    private static final String STATE_LABEL = "alertstate";

    final Labels labels;
    Labels annotations;
    AlertState state = AlertState.PENDING;
    double value;
    long activeAt;
    long firedAt;
    long resolvedAt;
    long lastSentAt;
    long validUntil;
    long keepFiringSince;
    /** The evaluation that last had this alert in its result. */
    long seenIn;

    private @Nullable Labels pendingSeries;
    private @Nullable Labels firingSeries;
    private @Nullable Labels forStateSeries;

    TrackedAlert(Labels labels, Labels annotations, double value, long activeAt) {
        this.labels = labels;
        this.annotations = annotations;
        this.value = value;
        this.activeAt = activeAt;
    }

    TrackedAlert(Alert alert) {
        this(alert.labels(), alert.annotations(), alert.value(), alert.activeAt());
        state = alert.state();
        firedAt = alert.firedAt();
        resolvedAt = alert.resolvedAt();
        lastSentAt = alert.lastSentAt();
        validUntil = alert.validUntil();
        keepFiringSince = alert.keepFiringSince();
    }

    Alert snapshot() {
        return new Alert(
                labels,
                annotations,
                state,
                value,
                activeAt,
                firedAt,
                resolvedAt,
                lastSentAt,
                validUntil,
                keepFiringSince);
    }

    /** The labels of the alert's series of {@code ALERTS}. */
    Labels stateSeries() {
        Labels known = state == AlertState.FIRING ? firingSeries : pendingSeries;
        if (known != null) {
            return known;
        }
        Labels made = new LabelsBuilder(labels)
                .set(Labels.NAME, "ALERTS")
                .set(STATE_LABEL, state.text())
                .labels();
        if (state == AlertState.FIRING) {
            firingSeries = made;
        } else {
            pendingSeries = made;
        }
        return made;
    }

    /** The labels of the alert's series of {@code ALERTS_FOR_STATE}. */
    Labels forStateSeries() {
        Labels known = forStateSeries;
        if (known == null) {
            known = labels.with(Labels.NAME, "ALERTS_FOR_STATE");
            forStateSeries = known;
        }
        return known;
    }

    boolean needsSending(long time, long resendDelay) {
        return state != AlertState.PENDING && (resolvedAt > lastSentAt || lastSentAt + resendDelay < time);
    }

    /** Starts or stops firing as the time since the condition began to hold demands. */
    void advance(long time, long holdFor) {
        if (state == AlertState.PENDING && time - activeAt >= holdFor) {
            state = AlertState.FIRING;
            firedAt = time;
        }
        if (state == AlertState.FIRING && time - activeAt < holdFor) {
            state = AlertState.PENDING;
            firedAt = 0;
            lastSentAt = 0;
            keepFiringSince = 0;
        }
    }
}
