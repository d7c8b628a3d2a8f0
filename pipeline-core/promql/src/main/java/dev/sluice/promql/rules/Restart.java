package dev.sluice.promql.rules;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How alerts go on after a restart. What fires goes on firing. What was pending is treated as by Prometheus ({@code Group.RestoreForState} of its
 * {@code rules/group.go}, with the defaults of its flags), since nobody knows whether the condition held meanwhile.
 */
final class Restart {
    /** What was active before a longer outage is forgotten: {@code --rules.alert.for-outage-tolerance}. */
    private static final long OUTAGE_TOLERANCE = Duration.ofHours(1).toMillis();

    /** An alert does not fire sooner after a restart, unless its {@code for} is shorter: {@code --rules.alert.for-grace-period}. */
    private static final long GRACE_PERIOD = Duration.ofMinutes(10).toMillis();

    private Restart() {}

    /**
     * The alert as it goes on.
     *
     * @param downAt when it was last evaluated
     * @return {@code null} if it begins anew
     */
    static @Nullable Alert goesOn(Alert alert, long holdFor, long downAt, long now) {
        if (now - downAt > OUTAGE_TOLERANCE) {
            return null;
        }
        return switch (alert.state()) {
            case FIRING, INACTIVE -> alert;
            case PENDING -> holdFor < GRACE_PERIOD ? null : pending(alert, holdFor, downAt, now);
        };
    }

    private static Alert pending(Alert alert, long holdFor, long downAt, long now) {
        long remaining = holdFor - (downAt - alert.activeAt());
        if (remaining <= 0) {
            return alert;
        }
        return alert.withActiveAt(
                remaining < GRACE_PERIOD ? now + GRACE_PERIOD - holdFor : alert.activeAt() + (now - downAt));
    }
}
