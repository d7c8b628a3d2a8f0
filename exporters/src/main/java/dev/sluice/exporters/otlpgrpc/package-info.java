/** The exporter {@code otlp_grpc}. */
@org.jspecify.annotations.NullMarked
package dev.sluice.exporters.otlpgrpc;
