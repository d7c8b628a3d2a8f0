package dev.sluice.api;

/** Takes telemetry in. */
public interface Receiver extends Component {}
