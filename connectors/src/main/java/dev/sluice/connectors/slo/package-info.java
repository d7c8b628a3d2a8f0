/** The connector {@code slo}: from metrics to alerts, as log records, and to what rules record. */
@org.jspecify.annotations.NullMarked
package dev.sluice.connectors.slo;
