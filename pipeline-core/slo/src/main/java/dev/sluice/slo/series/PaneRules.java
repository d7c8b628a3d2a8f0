package dev.sluice.slo.series;

/** How starts of counters are to be understood. */
interface PaneRules {
    /** Whether they are believed. */
    boolean starts();

    /** A counter that started up to then may have been known before, and forgotten. */
    long unknownUntil();
}
