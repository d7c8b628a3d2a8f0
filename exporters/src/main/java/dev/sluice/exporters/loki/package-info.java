/** The exporter {@code loki}. */
@org.jspecify.annotations.NullMarked
package dev.sluice.exporters.loki;
