package dev.sluice.promql.rules;

/** What became of a rule's last evaluation. */
public enum RuleHealth {
    UNKNOWN,
    GOOD,
    BAD
}
