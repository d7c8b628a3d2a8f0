/** What stands between a pipeline and an exporter: queue, batching, retries, time limit. */
@org.jspecify.annotations.NullMarked
package dev.sluice.engine.queue;
