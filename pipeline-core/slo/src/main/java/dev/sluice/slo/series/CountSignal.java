package dev.sluice.slo.series;

import dev.sluice.otlp.Signal;

/** What is counted. */
public enum CountSignal {
    /** Spans. */
    TRACES(Signal.TRACES),
    /** Log records. */
    LOGS(Signal.LOGS);

    private final Signal signal;

    CountSignal(Signal signal) {
        this.signal = signal;
    }

    public Signal signal() {
        return signal;
    }
}
