package dev.sluice.slo.rules;

/** How the windows of rules are kept whose sums can be. */
public enum WindowMode {
    /** In panes where they are longer than an hour. */
    AUTO(3_600_000),
    /** As the samples they are made of. */
    EXACT(Long.MAX_VALUE),
    /** In panes. */
    PANES(0);

    private final long longestExact;

    WindowMode(long longestExact) {
        this.longestExact = longestExact;
    }

    /** Windows of more milliseconds are kept in panes. */
    long longestExact() {
        return longestExact;
    }
}
