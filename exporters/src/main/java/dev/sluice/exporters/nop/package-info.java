/** The exporter {@code nop}: accepts everything and sends nothing. */
@org.jspecify.annotations.NullMarked
package dev.sluice.exporters.nop;
