package dev.sluice.api;

/** Ends one pipeline and begins others. */
public interface Connector extends Component, TelemetryConsumer {}
