package dev.sluice.api;

import dev.sluice.otlp.Signal;
import org.jspecify.annotations.Nullable;

/** {@code signal} or {@code signal/name}: a key below {@code service::pipelines}. {@code name} is empty when there is none. */
public record PipelineId(Signal signal, String name) {
    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof PipelineId other && signal == other.signal && name.equals(other.name);
    }

    @Override
    public int hashCode() {
        return 31 * signal.hashCode() + name.hashCode();
    }

    @Override
    public String toString() {
        return name.isEmpty() ? signal.key() : signal.key() + "/" + name;
    }
}
