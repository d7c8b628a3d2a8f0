/** Prometheus' own test scripts: series in a short notation, queries, and what they should give. */
@org.jspecify.annotations.NullMarked
package dev.sluice.promql.script;
