/** The processor {@code slo}: rules in the stream of a metrics pipeline. */
@org.jspecify.annotations.NullMarked
package dev.sluice.processors.slo;
