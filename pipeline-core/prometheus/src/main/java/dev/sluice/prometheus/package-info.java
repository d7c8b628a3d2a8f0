/** What Prometheus is told: names and labels made from OTLP, families and samples, and the formats they are exposed in. */
@org.jspecify.annotations.NullMarked
package dev.sluice.prometheus;
