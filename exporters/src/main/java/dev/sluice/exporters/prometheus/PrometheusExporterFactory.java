package dev.sluice.exporters.prometheus;

import com.google.auto.service.AutoService;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Exporter;
import dev.sluice.api.ExporterFactory;
import dev.sluice.api.Placement;
import dev.sluice.api.Stability;
import dev.sluice.api.config.Delivery;
import dev.sluice.otlp.Signal;
import java.util.Map;

/**
 * Makes {@code prometheus} exporters.
 *
 * <p>They live on one loop, for three reasons. A scrape must see all series together, and a Prometheus name must have one type and one
 * help whatever loop its series came in on; with the series split over the loops both would take a round of messages on every new name
 * and every scrape. Batches that reach the exporter have a queue's hop behind them anyway, and following a known series costs a hash of
 * its bytes and a look into one table, so that one loop keeps up with what the others can receive. And deltas are added up, which
 * needs every point of a series in one place.
 */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class PrometheusExporterFactory implements ExporterFactory<PrometheusExporterConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("prometheus");
    }

    @Override
    public String summary() {
        return "Shows the last state of every series to Prometheus and other scrapers.";
    }

    @Override
    public PrometheusExporterConfig defaultConfig() {
        return PrometheusExporterConfig.DEFAULT;
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(Signal.METRICS, Stability.BETA);
    }

    @Override
    public Placement placement() {
        return Placement.ONE_LOOP;
    }

    @Override
    public Delivery delivery(PrometheusExporterConfig config) {
        return new Delivery(null, null, config.sendingQueue());
    }

    @Override
    public Exporter create(PrometheusExporterConfig config, ComponentContext context) {
        return new PrometheusExporter(config, context);
    }
}
