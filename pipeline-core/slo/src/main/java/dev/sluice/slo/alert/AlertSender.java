package dev.sluice.slo.alert;

import dev.sluice.api.ComponentContext;
import dev.sluice.promql.series.Labels;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells every destination of a block {@code alerting} of alerts. None of them waits for another: each has a queue of its own. When to tell of an alert
 * again is up to whoever evaluates the rule. On one loop.
 */
public final class AlertSender {
    private final List<AlertDestination> destinations = new ArrayList<>();
    private final List<AlertLane> lanes = new ArrayList<>();
    private final Labels external;

    /** @param config valid */
    public AlertSender(AlertingConfig config, ComponentContext context) {
        external = Labels.of(config.externalLabels());
        for (AlertmanagerConfig alertmanager : config.alertmanagers()) {
            destinations.addAll(AlertDestination.of(alertmanager, context));
        }
        for (WebhookConfig webhook : config.webhooks()) {
            destinations.add(AlertDestination.of(webhook.orElse(config.notifyOn()), config.externalUrl(), context));
        }
        for (AlertDestination destination : destinations) {
            lanes.add(new AlertLane(destination, context));
        }
    }

    /** Reads keys and certificates; fails if they are not good. */
    public Future<?> start() {
        return Future.all(destinations.stream().map(AlertDestination::start).toList());
    }

    /** Queues the notices for all destinations, and returns at once. */
    public void send(List<AlertNotice> notices) {
        for (AlertNotice notice : notices) {
            AlertNotice labelled = notice.with(external);
            lanes.forEach(lane -> lane.add(labelled));
        }
    }

    /**
     * Tells what is still to be told; a destination that does not answer is tried once more. Legal unstarted and twice.
     */
    public Future<?> stop() {
        return Future.all(lanes.stream().map(AlertLane::drain).toList())
                .eventually(() -> Future.all(
                        destinations.stream().map(AlertDestination::stop).toList()));
    }
}
