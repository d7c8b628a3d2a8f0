package dev.sluice.exporters.webhook;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Exporter;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Telemetry;
import dev.sluice.slo.alert.AlertDestination;
import dev.sluice.slo.alert.AlertLogReader;
import dev.sluice.slo.alert.AlertNotice;
import io.vertx.core.Future;
import java.util.List;

/** Tells one URL of the alerts of a batch. Records that are no alerts are rejected: they are nothing that a receiver could read. */
final class WebhookExporter implements Exporter {
    private final AlertDestination destination;

    WebhookExporter(WebhookExporterConfig config, ComponentContext context) {
        destination = AlertDestination.of(config.webhook(), config.externalUrl(), context);
    }

    @Override
    public Future<?> start() {
        return destination.start();
    }

    @Override
    public Future<?> stop() {
        return destination.stop();
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        List<AlertNotice> notices = AlertLogReader.read(batch.wire());
        int others = batch.items() - notices.size();
        return destination
                .send(notices)
                .map(outcome -> outcome instanceof Accepted && others > 0
                        ? new Accepted(others, others + " log records are no alerts")
                        : outcome);
    }
}
