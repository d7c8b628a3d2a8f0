/** Finds rules that are right and yet never do what they are meant to, by what telemetry really looks like. */
@org.jspecify.annotations.NullMarked
package dev.sluice.slo.lint;
