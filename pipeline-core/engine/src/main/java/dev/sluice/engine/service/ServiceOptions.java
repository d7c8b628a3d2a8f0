package dev.sluice.engine.service;

import dev.sluice.api.Clock;
import dev.sluice.engine.graph.SystemClock;
import dev.sluice.engine.telemetry.MeterSource;
import dev.sluice.engine.telemetry.WorkTracer;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a service runs.
 *
 * @param loops how many event loops run the pipelines; the Vert.x instance should have at least as many
 * @param drainDeadline within which a stop ends, whatever is left
 * @param maxHeap bytes, what the budget of payload is derived from
 * @param tracer makes spans of the work; null for none
 */
public record ServiceOptions(
        int loops,
        Duration drainDeadline,
        long maxHeap,
        MeterSource meters,
        Clock clock,
        String command,
        String version,
        Map<String, Boolean> featureGates,
        @Nullable WorkTracer tracer) {
    /** A loop for each processor, and the time that Kubernetes gives less a margin. */
    public static ServiceOptions of(MeterSource meters, String version) {
        Runtime machine = Runtime.getRuntime();
        return new ServiceOptions(
                machine.availableProcessors(),
                Duration.ofSeconds(25),
                machine.maxMemory(),
                meters,
                SystemClock.INSTANCE,
                "sluice",
                version,
                Map.of(),
                null);
    }

    public ServiceOptions withLoops(int count) {
        return new ServiceOptions(count, drainDeadline, maxHeap, meters, clock, command, version, featureGates, tracer);
    }

    public ServiceOptions withDrainDeadline(Duration deadline) {
        return new ServiceOptions(loops, deadline, maxHeap, meters, clock, command, version, featureGates, tracer);
    }

    public ServiceOptions withFeatureGates(Map<String, Boolean> gates) {
        return new ServiceOptions(loops, drainDeadline, maxHeap, meters, clock, command, version, gates, tracer);
    }

    public ServiceOptions withTracer(@Nullable WorkTracer workTracer) {
        return new ServiceOptions(
                loops, drainDeadline, maxHeap, meters, clock, command, version, featureGates, workTracer);
    }
}
