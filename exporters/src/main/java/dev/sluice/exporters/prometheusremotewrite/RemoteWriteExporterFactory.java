package dev.sluice.exporters.prometheusremotewrite;

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
 * Makes {@code prometheus_remote_write} exporters.
 *
 * <p>They live on one loop: the samples of a series must be sent in their order, so that one batch is under way at a time, and deltas
 * are added up, which needs all points of a series in one place.
 */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class RemoteWriteExporterFactory implements ExporterFactory<RemoteWriteConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("prometheus_remote_write", "prometheusremotewrite");
    }

    @Override
    public String summary() {
        return "Sends metrics by Prometheus remote write, 1.0 or 2.0.";
    }

    @Override
    public RemoteWriteConfig defaultConfig() {
        return RemoteWriteConfig.DEFAULT;
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(Signal.METRICS, Stability.BETA);
    }

    @Override
    public Placement placement() {
        return Placement.ONE_LOOP;
    }

    /** The time limit is of each request, of which a batch may make many, and so the exporter's own. */
    @Override
    public Delivery delivery(RemoteWriteConfig config) {
        return new Delivery(null, config.retryOnFailure(), config.queue());
    }

    @Override
    public Exporter create(RemoteWriteConfig config, ComponentContext context) {
        return new RemoteWriteExporter(config, context);
    }
}
