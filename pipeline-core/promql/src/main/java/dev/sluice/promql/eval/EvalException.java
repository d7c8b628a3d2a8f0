package dev.sluice.promql.eval;

/** A query that cannot be evaluated on the series there are; the message is Prometheus' own. */
public final class EvalException extends RuntimeException {
    public EvalException(String message) {
        super(message);
    }
}
