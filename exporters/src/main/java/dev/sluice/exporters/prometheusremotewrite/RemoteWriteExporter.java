package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Exporter;
import dev.sluice.api.Meters;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.api.Timer;
import dev.sluice.exporters.Shipment;
import dev.sluice.prometheus.Drops;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** Translates each batch once and sends what comes of it; a retry sends again what did not arrive. On one loop. */
final class RemoteWriteExporter implements Exporter {
    private static final Duration SHORTEST_SWEEP = Duration.ofSeconds(1);

    private final RemoteWriteConfig config;
    private final ComponentContext context;
    private final KnownSeries known;
    private final Translation translation;
    private final Drops drops;
    private final Endpoint endpoint;
    private final Meters.Gauge series;
    private final Meters.Counter translatedSeries;
    private final Meters.Counter failedTranslations;
    /**
     * What waits for a retry, by the batch that will come again: translating it again would add its deltas a second time. A batch that
     * does not come again is forgotten with its last reference.
     */
    private final Map<Telemetry, Shipment<RequestList.Request>> waiting = new WeakHashMap<>();

    private @Nullable Timer sweeper;

    RemoteWriteExporter(RemoteWriteConfig config, ComponentContext context) {
        this.config = config;
        this.context = context;
        RequestWriter writer = RequestWriter.of(config.message());
        Meters meters = context.meters();
        known = new KnownSeries(config, writer, context.admission());
        drops = new Drops(
                reason -> meters.counter(
                        "exporter_prometheusremotewrite_dropped_points",
                        "{datapoints}",
                        "Data points that could not be translated.",
                        Map.of("reason", reason.key()))::add,
                (metric, reason) -> context.log()
                        .warn(
                                "Dropping data points of the metric {}, and maybe of others: {}",
                                metric,
                                reason.explanation()));
        endpoint = new Endpoint(config, context);
        translation = new Translation(config, writer, endpoint::compress, known, drops);
        series = meters.gauge(
                "exporter_prometheusremotewrite_series", "{series}", "Series that the exporter remembers.", Map.of());
        translatedSeries = meters.counter(
                "exporter_prometheusremotewrite_translated_time_series",
                "1",
                "Time series made of data points, counted in every batch anew.",
                Map.of());
        failedTranslations = meters.counter(
                "exporter_prometheusremotewrite_failed_translations",
                "1",
                "Batches some of which could not be translated.",
                Map.of());
        meters.gauge(
                        "exporter_prometheusremotewrite_consumers",
                        "{consumer}",
                        "Requests of a batch that are sent at a time.",
                        Map.of())
                .set(config.parallelism());
    }

    @Override
    public Future<?> start() {
        Duration quarter = config.seriesExpiration().dividedBy(4);
        sweeper = context.every(quarter.compareTo(SHORTEST_SWEEP) < 0 ? SHORTEST_SWEEP : quarter, this::sweep);
        return endpoint.start();
    }

    @Override
    public Future<?> stop() {
        if (sweeper != null) {
            sweeper.cancel();
            sweeper = null;
        }
        known.clear();
        return endpoint.stop();
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        Shipment<RequestList.Request> interrupted = waiting.remove(batch);
        Shipment<RequestList.Request> shipment = interrupted == null ? shipment(batch) : interrupted;
        return shipment.send().onSuccess(outcome -> {
            if (outcome instanceof Outcome.Refused refused && refused.reason().retryable()) {
                waiting.put(batch, shipment);
            }
        });
    }

    private Shipment<RequestList.Request> shipment(Telemetry batch) {
        List<RequestList.Request> requests =
                translation.requests(batch.wire(), context.clock().nanoTime());
        series.set(known.size());
        for (RequestList.Request request : requests) {
            translatedSeries.add(request.counts().series());
        }
        long dropped = drops.dropped();
        String why = "";
        if (dropped > 0) {
            failedTranslations.add(1);
            why = context.id() + " cannot translate " + dropped + " of the data points; its log says why";
        }
        Map<String, String> headers = endpoint.headers(batch.origin());
        return new Shipment<>(requests, dropped, why, config.parallelism(), request -> endpoint.post(request, headers));
    }

    private void sweep() {
        known.sweep(context.clock().nanoTime());
        drops.sweep();
        series.set(known.size());
    }
}
