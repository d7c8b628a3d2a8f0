/** The exporter {@code debug}: writes what it gets to the log or to the console. */
@org.jspecify.annotations.NullMarked
package dev.sluice.exporters.debug;
