/** The exporter {@code otlp_http}. */
@org.jspecify.annotations.NullMarked
package dev.sluice.exporters.otlphttp;
