/**
 * The JVM's own metrics. Read from the platform's MXBeans and written as OTLP here rather than by OpenTelemetry's runtime
 * instrumentation, which keeps its own time and threads and needs an SDK, while a receiver has its context's clock and timers and emits
 * bytes.
 */
@org.jspecify.annotations.NullMarked
package dev.sluice.receivers.jvm;
