/** How Go prints numbers, strings and durations, and where its arithmetic differs from Java's: what Prometheus' results are made of. */
@org.jspecify.annotations.NullMarked
package dev.sluice.promql.text;
