/** The {@code prometheus} exporter: keeps the last state of every series and shows it to scrapers. */
@org.jspecify.annotations.NullMarked
package dev.sluice.exporters.prometheus;
