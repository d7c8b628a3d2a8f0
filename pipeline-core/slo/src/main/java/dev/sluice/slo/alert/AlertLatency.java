package dev.sluice.slo.alert;

import dev.sluice.api.Clock;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.Meters.Histogram;
import java.util.Map;

/** How long it takes from an alert to those who are told of it. Repeats and other phases than firing do not count. On one loop. */
public final class AlertLatency {
    private static final long NANOS = 1_000_000;
    private static final double MILLIS = 1000;

    /** Seconds; 43 is what an action may take at most, Alertmanager's group_wait of 30 seconds included. */
    private static final double[] BOUNDS = {0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 15, 30, 43, 60, 120, 300};

    private final Clock clock;
    private final Histogram notify;
    private final Histogram action;

    public AlertLatency(ComponentContext context) {
        clock = context.clock();
        notify = context.meters()
                .histogram(
                        "slo_notify_latency_seconds",
                        "s",
                        "Time from when an alert fires until a receiver has acknowledged it.",
                        Map.of(),
                        BOUNDS);
        action = context.meters()
                .histogram(
                        "slo_action_latency_seconds",
                        "s",
                        "Time from when an alert is due to fire until an action has been acknowledged.",
                        Map.of(),
                        BOUNDS);
    }

    /** A receiver has acknowledged the notice. */
    public void notified(AlertNotice notice) {
        record(notice, notice.times().firedAt(), notify);
    }

    /** What is to be done about the alert has been done. */
    public void acted(AlertNotice notice) {
        record(notice, notice.times().dueAt(), action);
    }

    private void record(AlertNotice notice, long since, Histogram histogram) {
        if (notice.phase() == AlertPhase.FIRING && !notice.repeat()) {
            histogram.record(Math.max(0, (clock.epochNanos() / NANOS - since) / MILLIS));
        }
    }
}
