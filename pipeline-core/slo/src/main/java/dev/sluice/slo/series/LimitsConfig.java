package dev.sluice.slo.series;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;

/** The block {@code limits}: what rules may keep in memory. */
public record LimitsConfig(
        @Doc(
                "So many series are kept for all rules together. Beyond that new series are refused and counted, and the rules that want them are in bad health.")
        int maxSeries,

        @Doc(
                "So many samples are kept of a series. Beyond that the oldest go and are counted, and rules see a shorter range than they ask for.")
        int maxSamplesPerSeries,

        @Doc(
                "So many series or alerts a rule may have where its group sets no `limit`. Beyond that its evaluation fails. Also so many groups a long window may have (`evaluation::windows`). Beyond that series of new ones are left out and counted, and the rules that want them are in bad health.")
        int maxGroupsPerRule)
        implements Config {
    public static final LimitsConfig DEFAULT = new LimitsConfig(100_000, 2048, 10_000);

    @Override
    public void validate(Problems problems) {
        positive(problems, "max_series", maxSeries);
        positive(problems, "max_samples_per_series", maxSamplesPerSeries);
        positive(problems, "max_groups_per_rule", maxGroupsPerRule);
    }

    private static void positive(Problems problems, String key, int value) {
        if (value < 1) {
            problems.at(key, "must be positive");
        }
    }
}
