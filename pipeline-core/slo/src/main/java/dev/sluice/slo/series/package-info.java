/** The series that rules read: which are wanted, how samples come from the intake loops to the loop of the rules, and what is kept of them there. */
@org.jspecify.annotations.NullMarked
package dev.sluice.slo.series;
