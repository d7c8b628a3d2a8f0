/** Labels, matchers, and series of samples: what PromQL reads, and where it is kept. */
@org.jspecify.annotations.NullMarked
package dev.sluice.promql.series;
