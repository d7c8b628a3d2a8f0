package dev.sluice.engine.graph;

import dev.sluice.api.Clock;
import dev.sluice.api.ServiceInfo;
import dev.sluice.engine.telemetry.MeterSource;

/**
 * What all graphs of a process have in common. Any thread.
 *
 * @param loops how many loops run a graph
 */
public record Common(int loops, MeterSource meters, Clock clock, ServiceInfo service) {}
