/** OTLP over gRPC and HTTP. */
@org.jspecify.annotations.NullMarked
package dev.sluice.receivers.otlp;
