package dev.sluice.processors.slo;

import com.google.auto.service.AutoService;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Processor;
import dev.sluice.api.ProcessorFactory;
import dev.sluice.api.Stability;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.otlp.Signal;
import java.util.Map;

/** Makes {@code slo} processors. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class SloProcessorFactory implements ProcessorFactory<SloProcessorConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("slo");
    }

    @Override
    public String summary() {
        return "Evaluates Prometheus rules on the metrics that pass, and tells of alerts.";
    }

    @Override
    public SloProcessorConfig defaultConfig() {
        return SloProcessorConfig.DEFAULT;
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(Signal.METRICS, Stability.ALPHA);
    }

    @Override
    public boolean gathers() {
        return true;
    }

    @Override
    public Processor create(SloProcessorConfig config, TelemetryConsumer next, ComponentContext context) {
        return new SloProcessor(config, next, context);
    }
}
