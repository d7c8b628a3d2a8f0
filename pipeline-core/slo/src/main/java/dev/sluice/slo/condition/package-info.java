/** Conditions on spans and log records: the few comparisons of OTTL that are accepted until OTTL itself is there. */
@org.jspecify.annotations.NullMarked
package dev.sluice.slo.condition;
