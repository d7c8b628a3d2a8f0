package dev.sluice.slo.series;

/** Hears what a store could not keep; on the store's loop. */
public interface StoreListener {
    /** A sample of a new series was refused since {@code max_series} are kept: once for each rule that reads it. */
    void rejected(WatchedRule rule);

    /** A sample was dropped. */
    void dropped(SampleLoss reason);
}
