package dev.sluice.api;

/** Stands between a receiver and an exporter and passes what it keeps to the next stage. */
public interface Processor extends Component, TelemetryConsumer {}
