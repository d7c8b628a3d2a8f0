package dev.sluice.promql.histogram;

/** What is known of a counter reset between a histogram and the sample before it. */
public enum ResetHint {
    UNKNOWN("unknown"),
    RESET("reset"),
    NOT_RESET("not_reset"),
    /** Not a counter at all. */
    GAUGE("gauge");

    private final String text;

    ResetHint(String text) {
        this.text = text;
    }

    /** As written in test scripts. */
    public String text() {
        return text;
    }

    /** What holds for a sum of two histograms with these hints. A reset added to no reset is unknown, and {@link #collides}. */
    ResetHint and(ResetHint other) {
        if (other == this) {
            return this;
        }
        return this == GAUGE || other == GAUGE ? GAUGE : UNKNOWN;
    }

    /** Whether one says reset and the other no reset. */
    boolean collides(ResetHint other) {
        return (this == RESET && other == NOT_RESET) || (this == NOT_RESET && other == RESET);
    }
}
