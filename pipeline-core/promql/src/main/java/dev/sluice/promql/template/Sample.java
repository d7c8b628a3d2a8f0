package dev.sluice.promql.template;

import dev.sluice.promql.series.Labels;

/**
 * An element of what {@code query} gives.
 *
 * @param value a {@code Double} or a native histogram
 */
public record Sample(Labels labels, Object value) {}
