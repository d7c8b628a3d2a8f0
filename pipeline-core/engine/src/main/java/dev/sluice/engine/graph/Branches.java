package dev.sluice.engine.graph;

import dev.sluice.api.Outputs;
import dev.sluice.api.PipelineId;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.otlp.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** The pipelines that a receiver or connector feeds. */
final class Branches implements Outputs {
    private final Map<PipelineId, TelemetryConsumer> pipelines;
    private final Map<Signal, TelemetryConsumer> bySignal = new EnumMap<>(Signal.class);

    /** {@code before} is put before every way out: before all pipelines of a signal, and before each. */
    Branches(
            Map<PipelineId, TelemetryConsumer> heads, BiFunction<Signal, TelemetryConsumer, TelemetryConsumer> before) {
        Map<Signal, List<TelemetryConsumer>> grouped = new EnumMap<>(Signal.class);
        Map<PipelineId, TelemetryConsumer> each = new java.util.LinkedHashMap<>();
        heads.forEach((id, head) -> {
            grouped.computeIfAbsent(id.signal(), signal -> new ArrayList<>()).add(head);
            each.put(id, before.apply(id.signal(), head));
        });
        pipelines = Collections.unmodifiableMap(each);
        grouped.forEach((signal, group) -> bySignal.put(
                signal,
                before.apply(signal, group.size() == 1 ? group.getFirst() : new FanOut(group, Edge.UNCOUNTED))));
    }

    @Override
    public Set<Signal> signals() {
        return Collections.unmodifiableSet(bySignal.keySet());
    }

    @Override
    public TelemetryConsumer to(Signal signal) {
        TelemetryConsumer found = bySignal.get(signal);
        if (found == null) {
            throw new IllegalArgumentException("no pipeline takes " + signal.key());
        }
        return found;
    }

    @Override
    public Map<PipelineId, TelemetryConsumer> pipelines() {
        return pipelines;
    }
}
