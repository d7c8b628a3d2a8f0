package dev.sluice.testkit;

import dev.sluice.api.Outputs;
import dev.sluice.api.PipelineId;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.otlp.Signal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Outputs of a receiver or connector that all lead to one consumer: a pipeline without a name for each of the signals. */
public record OneOutput(Set<Signal> signals, TelemetryConsumer consumer) implements Outputs {
    @Override
    public TelemetryConsumer to(Signal signal) {
        return consumer;
    }

    @Override
    public Map<PipelineId, TelemetryConsumer> pipelines() {
        Map<PipelineId, TelemetryConsumer> pipelines = new LinkedHashMap<>();
        signals.forEach(signal -> pipelines.put(new PipelineId(signal, ""), consumer));
        return pipelines;
    }
}
