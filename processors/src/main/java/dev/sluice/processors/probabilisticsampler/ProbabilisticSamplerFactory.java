package dev.sluice.processors.probabilisticsampler;

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

/** Makes {@code probabilistic_sampler} processors. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class ProbabilisticSamplerFactory implements ProcessorFactory<ProbabilisticSamplerConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("probabilistic_sampler");
    }

    @Override
    public String summary() {
        return "Passes a share of the spans or log records on, the same ones in every collector.";
    }

    @Override
    public ProbabilisticSamplerConfig defaultConfig() {
        return ProbabilisticSamplerConfig.DEFAULT;
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(Signal.TRACES, Stability.BETA, Signal.LOGS, Stability.ALPHA);
    }

    @Override
    public Processor create(ProbabilisticSamplerConfig config, TelemetryConsumer next, ComponentContext context) {
        return new ProbabilisticSamplerProcessor(config, next, context);
    }
}
