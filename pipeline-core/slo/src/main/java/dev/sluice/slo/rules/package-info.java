/**
 * Rules in the stream: their configuration, when they are evaluated, and what becomes of the results. A set of rules lives on one loop; samples come to
 * it from all.
 */
@org.jspecify.annotations.NullMarked
package dev.sluice.slo.rules;
