package dev.sluice.exporters.grafana;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Exporter;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.slo.alert.AlertLogReader;
import dev.sluice.slo.alert.AlertNotice;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Alerts of logs to annotations, chosen metrics to live panels, and whatever there is to see to dashboards. On one loop. */
final class GrafanaExporter implements Exporter {
    private final GrafanaExporterConfig config;
    private final @Nullable GrafanaApi api;
    private final Publisher publisher;
    private final Sights sights;
    private final LiveLines lines;

    GrafanaExporter(GrafanaExporterConfig config, ComponentContext context) {
        this.config = config;
        api = config.connected() ? new GrafanaApi(config, context) : null;
        publisher = new Publisher(config, api, context);
        sights = new Sights(config.datasources(), publisher::add);
        lines = new LiveLines(config.live().metrics());
    }

    @Override
    public Future<?> start() {
        if (config.dashboards().enabled()) {
            publisher.start();
        }
        return api == null ? Future.succeededFuture() : api.start();
    }

    @Override
    public Future<?> stop() {
        publisher.stop();
        return api == null ? Future.succeededFuture() : api.stop();
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        return switch (batch) {
            case Telemetry.Traces _ -> throw new IllegalStateException("the factory offers no traces");
            case Telemetry.Metrics metrics -> metrics(metrics.wire());
            case Telemetry.Logs logs -> logs(logs);
        };
    }

    private Future<Outcome> metrics(Bytes request) {
        if (config.dashboards().enabled()) {
            sights.look(request);
        }
        String text = api == null ? "" : lines.of(request);
        return api == null || text.isEmpty()
                ? Outcome.accepted()
                : api.post(
                        "sending series to Grafana Live",
                        "/api/live/push/" + config.live().streamId(),
                        text);
    }

    private Future<Outcome> logs(Telemetry.Logs batch) {
        if (api == null) {
            return Outcome.accepted();
        }
        List<AlertNotice> notices = AlertLogReader.read(batch.wire());
        int others = batch.items() - notices.size();
        Accepted before = others == 0 ? Outcome.ACCEPTED : new Accepted(others, others + " log records are no alerts");
        return new AlertAnnotations(api, config.annotations()).tell(notices, before);
    }
}
