package dev.sluice.slo.series;

/** What is counted. */
public enum CountSignal {
    /** Spans. */
    TRACES,
    /** Log records. */
    LOGS
}
