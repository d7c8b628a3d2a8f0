/** From telemetry on an intake loop to samples of the series that rules read. */
@org.jspecify.annotations.NullMarked
package dev.sluice.slo.intake;
