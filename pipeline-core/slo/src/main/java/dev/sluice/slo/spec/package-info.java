/** Objectives as people write them down, and the rules that follow from them. */
@org.jspecify.annotations.NullMarked
package dev.sluice.slo.spec;
