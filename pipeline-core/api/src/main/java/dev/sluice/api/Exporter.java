package dev.sluice.api;

/** Sends telemetry out. It only consumes: time limits, retries and queues are put around it by the engine. */
public interface Exporter extends Component, TelemetryConsumer {}
