package dev.sluice.api.config;

/** Where a configuration reports what is wrong with it: all of it, not the first. */
public interface Problems {
    /** The record as a whole. */
    void add(String message);

    /** One key, relative to the record that validates: {@code endpoint}, {@code retry_on_failure::max_interval}. */
    void at(String key, String message);
}
