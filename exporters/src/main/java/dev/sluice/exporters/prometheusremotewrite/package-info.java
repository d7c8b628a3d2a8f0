/** The exporter {@code prometheus_remote_write}. */
@org.jspecify.annotations.NullMarked
package dev.sluice.exporters.prometheusremotewrite;
