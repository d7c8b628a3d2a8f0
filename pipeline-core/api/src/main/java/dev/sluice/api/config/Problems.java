package dev.sluice.api.config;

/** Where a configuration reports what is wrong with it: all of it, not the first. */
public interface Problems {
    /** The record as a whole. */
    void add(String message);

    /** One key, relative to the record that validates: {@code endpoint}, {@code retry_on_failure::max_interval}. */
    void at(String key, String message);

    /** What the user should know of a key, though it is no mistake: printed, and nothing else. Left out by those who only ask for mistakes. */
    default void warn(String key, String message) {}
}
