package dev.sluice.exporters.grafana;

import com.google.auto.service.AutoService;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Exporter;
import dev.sluice.api.ExporterFactory;
import dev.sluice.api.Placement;
import dev.sluice.api.Provisioner;
import dev.sluice.api.Stability;
import dev.sluice.api.config.Delivery;
import dev.sluice.otlp.Signal;
import java.util.Map;

/** Makes {@code grafana} exporters. They live on one loop, so that an annotation is opened before it is closed. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class GrafanaExporterFactory
        implements ExporterFactory<GrafanaExporterConfig>, Provisioner<GrafanaExporterConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("grafana");
    }

    @Override
    public String summary() {
        return "Shows alerts as annotations in Grafana, feeds live panels, and makes dashboards of pipelines, JVM services and SLOs.";
    }

    @Override
    public GrafanaExporterConfig defaultConfig() {
        return GrafanaExporterConfig.DEFAULT;
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(Signal.LOGS, Stability.ALPHA, Signal.METRICS, Stability.ALPHA);
    }

    @Override
    public Placement placement() {
        return Placement.ONE_LOOP;
    }

    /** The time limit is of each request, of which a batch may make several, and so the exporter's own. */
    @Override
    public Delivery delivery(GrafanaExporterConfig config) {
        return new Delivery(null, config.retryOnFailure(), config.sendingQueue());
    }

    @Override
    public Exporter create(GrafanaExporterConfig config, ComponentContext context) {
        return new GrafanaExporter(config, context);
    }

    @Override
    public Map<String, String> files(GrafanaExporterConfig config, Subjects subjects, String folder) {
        return ProvisioningFiles.of(config, subjects, folder);
    }
}
