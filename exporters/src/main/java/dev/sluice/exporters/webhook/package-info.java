/** The exporter {@code webhook}. */
@org.jspecify.annotations.NullMarked
package dev.sluice.exporters.webhook;
