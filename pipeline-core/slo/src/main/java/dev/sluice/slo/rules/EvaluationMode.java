package dev.sluice.slo.rules;

/** When rules are evaluated. */
public enum EvaluationMode {
    /** At the times at which Prometheus would, and at no other. */
    INTERVAL,
    /** When samples have come that they read, and when a {@code for} or {@code keep_firing_for} ends. */
    EVENT,
    /** Both. */
    HYBRID
}
