package dev.sluice.api;

import dev.sluice.otlp.Signal;

/** {@code signal} or {@code signal/name}: a key below {@code service::pipelines}. {@code name} is empty when there is none. */
public record PipelineId(Signal signal, String name) {
    @Override
    public String toString() {
        return name.isEmpty() ? signal.key() : signal.key() + "/" + name;
    }
}
