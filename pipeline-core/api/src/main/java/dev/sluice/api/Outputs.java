package dev.sluice.api;

import dev.sluice.otlp.Signal;
import java.util.Map;
import java.util.Set;

/**
 * Where a receiver or connector sends what it makes.
 */
public interface Outputs {
    /** The signals that some pipeline takes. */
    Set<Signal> signals();

    /** All pipelines of the signal. Throws {@link IllegalArgumentException} for a signal that no pipeline takes. */
    TelemetryConsumer to(Signal signal);

    /** The pipelines one by one, for components that choose. */
    Map<PipelineId, TelemetryConsumer> pipelines();
}
