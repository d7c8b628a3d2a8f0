package dev.sluice.processors.batch;

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

/** Makes {@code batch} processors. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class BatchProcessorFactory implements ProcessorFactory<BatchProcessorConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("batch");
    }

    @Override
    public String summary() {
        return "Merges small batches into larger ones by size and time.";
    }

    @Override
    public BatchProcessorConfig defaultConfig() {
        return BatchProcessorConfig.DEFAULT;
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(Signal.TRACES, Stability.BETA, Signal.METRICS, Stability.BETA, Signal.LOGS, Stability.BETA);
    }

    @Override
    public Processor create(BatchProcessorConfig config, TelemetryConsumer next, ComponentContext context) {
        return new BatchProcessor(config, next, context);
    }
}
