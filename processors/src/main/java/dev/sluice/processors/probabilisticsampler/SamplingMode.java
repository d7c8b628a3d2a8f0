package dev.sluice.processors.probabilisticsampler;

import org.jspecify.annotations.Nullable;

/** How a decision is made. */
enum SamplingMode {
    /** By a hash of 14 bits. */
    HASH_SEED,
    /** By randomness of 56 bits against a threshold that multiplies the probability the item arrives with. */
    PROPORTIONAL,
    /** By randomness of 56 bits against one threshold for all. */
    EQUALIZING;

    /** Null if there is no such mode. Unset is the hash, whatever the Collector's README says of a signal: its code decides. */
    static @Nullable SamplingMode of(String word) {
        return switch (word) {
            case "", "hash_seed" -> HASH_SEED;
            case "proportional" -> PROPORTIONAL;
            case "equalizing" -> EQUALIZING;
            default -> null;
        };
    }
}
