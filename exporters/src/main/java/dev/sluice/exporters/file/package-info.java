/** The exporter {@code file}: writes what it gets to files. */
@org.jspecify.annotations.NullMarked
package dev.sluice.exporters.file;
