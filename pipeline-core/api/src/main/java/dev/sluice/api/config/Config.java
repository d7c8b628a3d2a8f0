package dev.sluice.api.config;

/**
 * A configuration: implemented by records only. A component {@code sendBatchSize} is the key {@code send_batch_size}; every
 * component has a {@link Doc}; every such record has a {@code public static final} field {@code DEFAULT} with the defaults.
 *
 * <p>Components may be of these types: {@code String}, {@code boolean}, {@code int}, {@code long}, {@code float}, {@code double},
 * enums (lower case in YAML), {@link java.time.Duration}, {@link Secret}, {@link dev.sluice.api.ComponentId}, other config records, and
 * {@code List} and {@code Map<String, T>} of these. A component marked {@code @Nullable} is absent unless the key is there; a record there with
 * an empty or null body takes its {@code DEFAULT}.
 */
public interface Config {
    /** Adds what is wrong in itself; the binder has checked types and unknown keys, and validates nested records by itself. */
    default void validate(Problems problems) {}
}
