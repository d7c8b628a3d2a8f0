package dev.sluice.api;

/** A task that waits on its component's loop. */
public interface Timer {
    /** The task does not run again. Legal twice and after it ran. */
    void cancel();
}
