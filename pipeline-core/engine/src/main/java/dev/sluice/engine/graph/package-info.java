/** Pipelines: the plan that follows from a configuration, and the graphs that run it, one for each event loop. */
@org.jspecify.annotations.NullMarked
package dev.sluice.engine.graph;
