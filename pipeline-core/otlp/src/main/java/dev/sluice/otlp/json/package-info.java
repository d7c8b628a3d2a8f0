/** OTLP/JSON both ways, driven by one table of the messages ({@code JsonSchema}). */
@org.jspecify.annotations.NullMarked
package dev.sluice.otlp.json;
