package dev.sluice.slo.alert;

import dev.sluice.promql.rules.AlertState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What has become of an alert, as those hear it who are told of alerts. */
public enum AlertPhase {
    /** The condition holds, for less than the rule's {@code for}. */
    PENDING,
    FIRING,
    /** It fired, and no longer does. */
    RESOLVED;

    static AlertPhase of(AlertState state) {
        return switch (state) {
            case PENDING -> PENDING;
            case FIRING -> FIRING;
            case INACTIVE -> RESOLVED;
        };
    }

    /** Null for a word that names none. */
    static @Nullable AlertPhase named(String word) {
        for (AlertPhase phase : values()) {
            if (phase.text().equals(word)) {
                return phase;
            }
        }
        return null;
    }

    /** In lower case, as in configurations, log records and messages. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
