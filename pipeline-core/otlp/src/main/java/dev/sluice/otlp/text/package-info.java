/** Requests as text for people: the two forms of the Collector's debug exporter. */
@org.jspecify.annotations.NullMarked
package dev.sluice.otlp.text;
