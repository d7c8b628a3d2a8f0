package dev.sluice.api;

import java.util.Locale;

/** How far a component may be relied on for a signal, in the Collector's words. */
public enum Stability {
    DEVELOPMENT,
    ALPHA,
    BETA,
    STABLE;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
