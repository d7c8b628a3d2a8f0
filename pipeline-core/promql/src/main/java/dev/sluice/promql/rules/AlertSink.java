package dev.sluice.promql.rules;

import java.util.List;

/** Whom alerts are sent to. */
@FunctionalInterface
public interface AlertSink {
    /** @param alerts firing and resolved ones, never none */
    void send(RuleSpec.Alerting rule, List<Alert> alerts);
}
