/** OTLP as bytes: what passes through a pipeline is never turned into objects. */
@org.jspecify.annotations.NullMarked
package dev.sluice.otlp;
