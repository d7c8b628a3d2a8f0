/** The exporter {@code alertmanager}. */
@org.jspecify.annotations.NullMarked
package dev.sluice.exporters.alertmanager;
