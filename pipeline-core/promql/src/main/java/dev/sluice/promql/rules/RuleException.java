package dev.sluice.promql.rules;

/** A rule whose result cannot be used; the message is Prometheus' own. */
final class RuleException extends RuntimeException {
    RuleException(String message) {
        super(message);
    }
}
