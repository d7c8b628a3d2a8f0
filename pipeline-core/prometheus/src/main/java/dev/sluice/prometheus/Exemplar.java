package dev.sluice.prometheus;

/**
 * One measurement behind a counter or a bucket. OpenMetrics and the protobuf format carry it, the text format does not.
 *
 * @param labels {@code trace_id} and {@code span_id} in hex as far as known; without any the text of OpenMetrics leaves it out
 * @param epochNanos when it was measured, 0 for unknown
 */
public record Exemplar(Labels labels, double value, long epochNanos) {}
