package dev.sluice.exporters.prometheus;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Exporter;
import dev.sluice.api.Meters;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.api.Timer;
import dev.sluice.prometheus.ExpositionFormat;
import dev.sluice.prometheus.ExpositionWriter;
import dev.sluice.transport.server.HttpCall;
import dev.sluice.transport.server.HttpListener;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes metrics in and answers scrapers, both on one loop, so that nothing needs a lock. */
final class PrometheusExporter implements Exporter {
    private static final Duration SHORTEST_SWEEP = Duration.ofSeconds(1);

    private final PrometheusExporterConfig config;
    private final ComponentContext context;
    private final SeriesStore store;
    private final Intake intake;
    private final Meters.Gauge seriesGauge;
    private final HttpListener listener;
    private @Nullable Timer sweeper;

    PrometheusExporter(PrometheusExporterConfig config, ComponentContext context) {
        this.config = config;
        this.context = context;
        this.store = new SeriesStore(config, context.admission());
        this.intake = new Intake(config, store, context);
        this.listener = new HttpListener(config.server(), context, this::answer);
        this.seriesGauge = context.meters()
                .gauge("exporter_prometheus_series", "{series}", "Series that the exporter keeps.", Map.of());
    }

    @Override
    public Future<?> start() {
        Duration quarter = config.metricExpiration().dividedBy(4);
        sweeper = context.every(quarter.compareTo(SHORTEST_SWEEP) < 0 ? SHORTEST_SWEEP : quarter, this::sweep);
        return listener.start();
    }

    @Override
    public Future<?> stop() {
        if (sweeper != null) {
            sweeper.cancel();
            sweeper = null;
        }
        store.clear();
        return listener.stop();
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        long dropped = intake.take(batch.wire());
        seriesGauge.set(store.size());
        return dropped == 0
                ? Outcome.accepted()
                : Future.succeededFuture(new Outcome.Accepted(
                        dropped, context.id() + " cannot show " + dropped + " of the data points; its log says why"));
    }

    /** The port listened on, which the system chooses where the configuration says 0; -1 while there is none. */
    int port() {
        return listener.port();
    }

    private void sweep() {
        long now = context.clock().nanoTime();
        store.sweep(now);
        intake.sweep(now - config.metricExpiration().toNanos());
        seriesGauge.set(store.size());
    }

    private void answer(HttpCall call) {
        if (!call.path().equals(config.path())) {
            call.empty(404);
            return;
        }
        boolean head = call.method().equals("HEAD");
        if (!head && !call.method().equals("GET")) {
            call.header("allow", "GET, HEAD").empty(405);
            return;
        }
        ExpositionFormat format = ExpositionFormat.negotiate(call.header("accept"), config.enableOpenMetrics());
        boolean gzip = Encoder.accepted(call.header("accept-encoding"));
        call.header("vary", "Accept, Accept-Encoding");
        if (gzip) {
            call.header("content-encoding", "gzip");
        }
        if (head) {
            call.begin(200, format.contentType());
            call.end();
            return;
        }
        Set<String> names = Set.copyOf(
                new QueryStringDecoder(call.query(), false).parameters().getOrDefault("name[]", List.of()));
        Predicate<String> wanted = name -> names.isEmpty() || names.contains(name);
        List<SeriesStore.Part> parts = store.parts(wanted, context.clock()::nanoTime);
        new Scrape(
                        call,
                        format.contentType(),
                        ExpositionWriter.of(format),
                        new Encoder(gzip),
                        parts,
                        context.vertx().getOrCreateContext())
                .send();
    }
}
