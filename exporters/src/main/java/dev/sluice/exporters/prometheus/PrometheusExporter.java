package dev.sluice.exporters.prometheus;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Exporter;
import dev.sluice.api.Meters;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.api.Timer;
import dev.sluice.prometheus.ExpositionFormat;
import dev.sluice.prometheus.ExpositionWriter;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
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
    private @Nullable HttpServer server;
    private @Nullable Timer sweeper;

    PrometheusExporter(PrometheusExporterConfig config, ComponentContext context) {
        this.config = config;
        this.context = context;
        this.store = new SeriesStore(config, context.admission());
        this.intake = new Intake(config, store, context);
        this.seriesGauge = context.meters()
                .gauge("exporter_prometheus_series", "{series}", "Series that the exporter keeps.", Map.of());
    }

    @Override
    public Future<?> start() {
        Duration quarter = config.metricExpiration().dividedBy(4);
        sweeper = context.every(quarter.compareTo(SHORTEST_SWEEP) < 0 ? SHORTEST_SWEEP : quarter, this::sweep);
        HttpServer listening = context.vertx().createHttpServer().requestHandler(this::answer);
        server = listening;
        return listening.listen(address(config.endpoint()));
    }

    @Override
    public Future<?> stop() {
        if (sweeper != null) {
            sweeper.cancel();
            sweeper = null;
        }
        store.clear();
        HttpServer listening = server;
        server = null;
        return listening == null ? Future.succeededFuture() : listening.close();
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

    /** The port listened on, which the system chooses where the configuration says 0. */
    int port() {
        HttpServer listening = server;
        return listening == null ? -1 : listening.actualPort();
    }

    private void sweep() {
        long now = context.clock().nanoTime();
        store.sweep(now);
        intake.sweep(now - config.metricExpiration().toNanos());
        seriesGauge.set(store.size());
    }

    private void answer(HttpServerRequest request) {
        if (!request.path().equals(config.path())) {
            request.response().setStatusCode(404).end();
            return;
        }
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            request.response()
                    .setStatusCode(405)
                    .putHeader(HttpHeaders.ALLOW, "GET, HEAD")
                    .end();
            return;
        }
        ExpositionFormat format =
                ExpositionFormat.negotiate(request.getHeader(HttpHeaders.ACCEPT), config.enableOpenMetrics());
        boolean gzip = Encoder.accepted(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, format.contentType())
                .putHeader(HttpHeaders.VARY, "Accept, Accept-Encoding");
        if (gzip) {
            request.response().putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            request.response().end();
            return;
        }
        Set<String> names = Set.copyOf(request.params().getAll("name[]"));
        Predicate<String> wanted = name -> names.isEmpty() || names.contains(name);
        List<SeriesStore.Part> parts = store.parts(wanted, context.clock()::nanoTime);
        new Scrape(
                        request.response(),
                        ExpositionWriter.of(format),
                        new Encoder(gzip),
                        parts,
                        context.vertx().getOrCreateContext())
                .send();
    }

    private static SocketAddress address(String endpoint) {
        int colon = endpoint.lastIndexOf(':');
        String host = endpoint.substring(0, colon);
        return SocketAddress.inetSocketAddress(
                Integer.parseInt(endpoint.substring(colon + 1)), host.isEmpty() ? "0.0.0.0" : host);
    }
}
