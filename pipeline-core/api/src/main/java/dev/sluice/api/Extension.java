package dev.sluice.api;

/** Serves the whole process beside the pipelines. */
public interface Extension extends Component {}
