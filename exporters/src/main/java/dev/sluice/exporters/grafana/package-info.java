/** The exporter {@code grafana}. */
@org.jspecify.annotations.NullMarked
package dev.sluice.exporters.grafana;
