package dev.sluice.exporters.nop;

import com.google.auto.service.AutoService;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Exporter;
import dev.sluice.api.ExporterFactory;
import dev.sluice.api.Stability;
import dev.sluice.otlp.Signal;
import java.util.Map;

/** Makes {@code nop} exporters. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class NopExporterFactory implements ExporterFactory<NopExporterConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("nop");
    }

    @Override
    public String summary() {
        return "Accepts everything and sends nothing.";
    }

    @Override
    public NopExporterConfig defaultConfig() {
        return NopExporterConfig.DEFAULT;
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(Signal.TRACES, Stability.BETA, Signal.METRICS, Stability.BETA, Signal.LOGS, Stability.BETA);
    }

    @Override
    public Exporter create(NopExporterConfig config, ComponentContext context) {
        return new NopExporter();
    }
}
