package dev.sluice.slo.series;

/** Hears what a store could not keep; on the store's loop. */
public interface StoreListener {
    /**
     * Once for each rule that reads it: a sample of a new series was refused since {@code max_series} are kept, or a series is missing from a long window
     * since there are {@code max_groups_per_rule} groups.
     */
    void rejected(WatchedRule rule);

    /** A sample was dropped. */
    void dropped(SampleLoss reason);
}
