/** Prometheus' durations, and where Go's arithmetic and replacements differ from Java's: what Prometheus' results are made of. */
@org.jspecify.annotations.NullMarked
package dev.sluice.promql.text;
