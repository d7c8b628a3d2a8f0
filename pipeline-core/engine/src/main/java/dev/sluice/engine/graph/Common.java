package dev.sluice.engine.graph;

import dev.sluice.api.Clock;
import dev.sluice.api.ServiceInfo;
import dev.sluice.engine.telemetry.MeterSource;
import dev.sluice.engine.telemetry.WorkTracer;
import org.jspecify.annotations.Nullable;

/**
 * What all graphs of a process have in common. Any thread.
 *
 * @param loops how many loops run a graph
 * @param tracer makes spans of what is received and sent; null where nobody wants them
 */
public record Common(
        int loops,
        MeterSource meters,
        Clock clock,
        ServiceInfo service,
        @Nullable WorkTracer tracer) {}
