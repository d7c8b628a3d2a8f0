package dev.sluice.exporters.alertmanager;

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

/** Makes {@code alertmanager} exporters. They live on one loop, so that what is said of an alert arrives in its order. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class AlertmanagerExporterFactory implements ExporterFactory<AlertmanagerExporterConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("alertmanager");
    }

    @Override
    public String summary() {
        return "Sends alerts, which come as log records, to every Alertmanager of a cluster.";
    }

    @Override
    public AlertmanagerExporterConfig defaultConfig() {
        return AlertmanagerExporterConfig.DEFAULT;
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(Signal.LOGS, Stability.BETA);
    }

    @Override
    public Placement placement() {
        return Placement.ONE_LOOP;
    }

    /** The time limit is of each request, of which a batch may make several, and so the exporter's own. */
    @Override
    public Delivery delivery(AlertmanagerExporterConfig config) {
        return new Delivery(null, config.retryOnFailure(), config.sendingQueue());
    }

    @Override
    public Exporter create(AlertmanagerExporterConfig config, ComponentContext context) {
        return new AlertmanagerExporter(config, context);
    }
}
