/** How Go prints and reads numbers, strings and durations: what texts of the Collector and of Prometheus are made of. Pure functions, for any thread. */
@org.jspecify.annotations.NullMarked
package dev.sluice.gotext;
