package dev.sluice.exporters.loki;

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

/** Makes {@code loki} exporters. They live on one loop: one batch is under way at a time, so that the lines of a stream keep their order. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class LokiExporterFactory implements ExporterFactory<LokiConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("loki");
    }

    @Override
    public String summary() {
        return "Pushes logs, and spans as lines, to Loki.";
    }

    @Override
    public LokiConfig defaultConfig() {
        return LokiConfig.DEFAULT;
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(Signal.LOGS, Stability.DEVELOPMENT, Signal.TRACES, Stability.DEVELOPMENT);
    }

    @Override
    public Placement placement() {
        return Placement.ONE_LOOP;
    }

    @Override
    public Delivery delivery(LokiConfig config) {
        return new Delivery(config.client().timeout(), config.retryOnFailure(), config.queue());
    }

    @Override
    public Exporter create(LokiConfig config, ComponentContext context) {
        return new LokiExporter(config, context);
    }
}
