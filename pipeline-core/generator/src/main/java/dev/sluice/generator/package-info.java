/** Seeded OTLP requests for tests, built from opentelemetry-proto's generated classes: the oracle of the wire code. */
@org.jspecify.annotations.NullMarked
package dev.sluice.generator;
