package dev.sluice.api.config;

import java.time.Duration;

/** The block {@code retry_on_failure}. */
public record RetryConfig(
        @Doc("Try again what a destination refused for now.")
        boolean enabled,

        @Doc("Wait before the first retry.") Duration initialInterval,

        @Doc("Spread of each wait: it is multiplied by a random number in 1 ± this.")
        double randomizationFactor,

        @Doc("Growth of the wait from one retry to the next.")
        double multiplier,

        @Doc("Upper bound of the wait.") Duration maxInterval,
        @Doc("Give up after this time; 0 never gives up.") Duration maxElapsedTime)
        implements Config {
    public static final RetryConfig DEFAULT =
            new RetryConfig(true, Duration.ofSeconds(5), 0.5, 1.5, Duration.ofSeconds(30), Duration.ofSeconds(300));

    @Override
    public void validate(Problems problems) {
        if (!enabled) {
            return;
        }
        if (initialInterval.isNegative()) {
            problems.at("initial_interval", "'initial_interval' must be non-negative");
        }
        if (randomizationFactor < 0 || randomizationFactor > 1) {
            problems.at("randomization_factor", "'randomization_factor' must be within [0, 1]");
        }
        if (multiplier < 0) {
            problems.at("multiplier", "'multiplier' must be non-negative");
        }
        if (maxInterval.isNegative()) {
            problems.at("max_interval", "'max_interval' must be non-negative");
        }
        if (maxElapsedTime.isNegative()) {
            problems.at("max_elapsed_time", "'max_elapsed_time' must be non-negative");
        }
        if (maxElapsedTime.isPositive()) {
            if (maxElapsedTime.compareTo(initialInterval) < 0) {
                problems.at("max_elapsed_time", "'max_elapsed_time' must not be less than 'initial_interval'");
            }
            if (maxElapsedTime.compareTo(maxInterval) < 0) {
                problems.at("max_elapsed_time", "'max_elapsed_time' must not be less than 'max_interval'");
            }
        }
    }
}
