package dev.sluice.processors.memorylimiter;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.MemoryLimit;
import dev.sluice.api.config.Problems;
import java.time.Duration;

/** The block of a {@code memory_limiter}. */
public record MemoryLimiterConfig(
        @Doc(
                "Must be above 0, as in the Collector. Sluice counts bytes as they come and go, so nothing waits for this interval.")
        Duration checkInterval,

        @Doc("Most payload bytes in the process, in MiB. Wins over `limit_percentage`.")
        int limitMib,

        @Doc(
                "Distance of the soft limit, where new work is refused, below the limit, in MiB; a fifth of the limit if 0.")
        int spikeLimitMib,

        @Doc("Most payload bytes in the process, in percent of the memory of the container or machine.")
        int limitPercentage,

        @Doc("Distance of the soft limit below the limit, in percent of that memory; a fifth of the limit if 0.")
        int spikeLimitPercentage,

        @Doc("Checked as in the Collector. Sluice leaves garbage collection to the JVM.")
        Duration minGcIntervalWhenSoftLimited,

        @Doc("Checked as in the Collector. Sluice leaves garbage collection to the JVM.")
        Duration minGcIntervalWhenHardLimited,

        @Doc("Checked as in the Collector. Sluice leaves garbage collection to the JVM.")
        Duration maxGcIntervalWhenSoftLimited,

        @Doc("Checked as in the Collector. Sluice leaves garbage collection to the JVM.")
        Duration maxGcIntervalWhenHardLimited)
        implements Config, MemoryLimit {
    public static final MemoryLimiterConfig DEFAULT = new MemoryLimiterConfig(
            Duration.ZERO,
            0,
            0,
            0,
            0,
            Duration.ofSeconds(10),
            Duration.ZERO,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));

    private static final long MIB = 1024 * 1024;

    @Override
    public void validate(Problems problems) {
        if (!checkInterval.isPositive()) {
            problems.at("check_interval", "'check_interval' must be greater than zero");
        }
        validateIntervals(problems);
        validateLimits(problems);
    }

    private void validateIntervals(Problems problems) {
        if (minGcIntervalWhenSoftLimited.compareTo(minGcIntervalWhenHardLimited) < 0) {
            problems.at(
                    "min_gc_interval_when_soft_limited",
                    "'min_gc_interval_when_soft_limited' should be larger than 'min_gc_interval_when_hard_limited'");
        }
        validateBackoff(problems, "soft", minGcIntervalWhenSoftLimited, maxGcIntervalWhenSoftLimited);
        validateBackoff(problems, "hard", minGcIntervalWhenHardLimited, maxGcIntervalWhenHardLimited);
        if (maxGcIntervalWhenSoftLimited.isPositive()
                && maxGcIntervalWhenSoftLimited.compareTo(maxGcIntervalWhenHardLimited) < 0) {
            problems.at(
                    "max_gc_interval_when_soft_limited",
                    "'max_gc_interval_when_soft_limited' should be larger than or equal to"
                            + " 'max_gc_interval_when_hard_limited' (when both are set)");
        }
    }

    private static void validateBackoff(Problems problems, String level, Duration least, Duration most) {
        String key = "max_gc_interval_when_" + level + "_limited";
        if (most.isNegative()) {
            problems.at(key, "'" + key + "' must be non-negative");
        } else if (most.isPositive() && most.compareTo(least) < 0) {
            problems.at(
                    key,
                    "'" + key + "' must be greater than or equal to 'min_gc_interval_when_" + level
                            + "_limited' (or 0 to disable)");
        }
    }

    private void validateLimits(Problems problems) {
        if (limitMib == 0 && limitPercentage == 0) {
            problems.add("'limit_mib' or 'limit_percentage' must be greater than zero");
            return;
        }
        validateUnsigned(problems, "limit_mib", limitMib);
        validateUnsigned(problems, "spike_limit_mib", spikeLimitMib);
        if (!isPercentage(limitPercentage) || !isPercentage(spikeLimitPercentage)) {
            problems.at(
                    isPercentage(limitPercentage) ? "spike_limit_percentage" : "limit_percentage",
                    "'limit_percentage' and 'spike_limit_percentage' must be greater than zero and less than or equal to"
                            + " hundred");
        }
        if (limitMib > 0 && limitMib <= spikeLimitMib) {
            problems.at("spike_limit_mib", "'spike_limit_mib' must be smaller than 'limit_mib'");
        }
        if (limitPercentage > 0 && limitPercentage <= spikeLimitPercentage) {
            problems.at("spike_limit_percentage", "'spike_limit_percentage' must be smaller than 'limit_percentage'");
        }
    }

    private static void validateUnsigned(Problems problems, String key, int value) {
        if (value < 0) {
            problems.at(key, "'" + key + "' must not be negative");
        }
    }

    private static boolean isPercentage(int value) {
        return value >= 0 && value <= 100;
    }

    @Override
    public long limitBytes() {
        return limitMib > 0 ? limitMib * MIB : percent(limitPercentage);
    }

    @Override
    public long softBytes() {
        long limit = limitBytes();
        long spike = limitMib > 0 ? spikeLimitMib * MIB : percent(spikeLimitPercentage);
        return limit - (spike > 0 ? spike : limit / 5);
    }

    private static long percent(int percentage) {
        return percentage == 0 ? 0 : percentage * ContainerMemory.SYSTEM.bytes() / 100;
    }
}
