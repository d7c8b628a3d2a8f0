package dev.sluice.exporters.alertmanager;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Exporter;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.view.LogsView;
import dev.sluice.promql.series.Labels;
import dev.sluice.slo.alert.AlertDestination;
import dev.sluice.slo.alert.AlertLogReader;
import dev.sluice.slo.alert.AlertNotice;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells all Alertmanagers of the alerts of a batch at the same time. One that takes them is enough: a batch that waited for one that is down would
 * hold up the others' news, and what it missed it hears at the next repeat.
 */
final class AlertmanagerExporter implements Exporter {
    private final ComponentContext context;
    private final List<AlertDestination> destinations;
    private final EventAlerts events;
    private final Labels external;
    private final String generatorUrl;

    AlertmanagerExporter(AlertmanagerExporterConfig config, ComponentContext context) {
        this.context = context;
        destinations = AlertDestination.of(config.destination(), context);
        events = new EventAlerts(config);
        external = Labels.of(config.externalLabels());
        generatorUrl = config.generatorUrl();
    }

    @Override
    public Future<?> start() {
        return Future.all(destinations.stream().map(AlertDestination::start).toList());
    }

    @Override
    public Future<?> stop() {
        return Future.all(destinations.stream().map(AlertDestination::stop).toList());
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        List<AlertNotice> notices = new ArrayList<>();
        LogsView logs = new LogsView(batch.wire());
        while (logs.next()) {
            AlertNotice notice = AlertLogReader.read(logs.record());
            AlertNotice alert = notice == null ? events.of(logs.record()) : notice;
            notices.add(alert.with(external).orGeneratorUrl(generatorUrl));
        }
        List<Future<Outcome>> answers = destinations.stream()
                .map(destination -> destination.send(notices))
                .toList();
        return Future.all(answers).map(all -> outcome(all.list()));
    }

    private Outcome outcome(List<Outcome> outcomes) {
        boolean accepted = false;
        Refused refusal = null;
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Accepted _ -> accepted = true;
                case Refused refused -> refusal = worthier(refusal, refused);
            }
        }
        if (accepted && refusal != null) {
            context.log().warn("{}; another Alertmanager has taken them", refusal.message());
        }
        return accepted || refusal == null ? Outcome.ACCEPTED : refusal;
    }

    /** The one that may be cured by another attempt. */
    private static Refused worthier(@Nullable Refused before, Refused next) {
        return before == null || (!before.reason().retryable() && next.reason().retryable()) ? next : before;
    }
}
