package dev.sluice.slo.spec;

import java.util.List;

/**
 * A pair of windows over which the error budget must not burn faster than a factor times evenly. Source: Google's SRE workbook, chapter 5, table 5-8,
 * for 30 days: the factor is the share of the budget times 30 days through the long window.
 *
 * @param factor of the burn at which the objective would be missed at the end of the period
 */
record BurnRate(String shortWindow, String longWindow, long longSeconds, double factor) {
    static final List<BurnRate> PAGE =
            List.of(new BurnRate("5m", "1h", 3_600, 14.4), new BurnRate("30m", "6h", 21_600, 6));
    static final List<BurnRate> TICKET =
            List.of(new BurnRate("2h", "1d", 86_400, 3), new BurnRate("6h", "3d", 259_200, 1));

    /** All windows that error ratios are recorded for, but the period itself. */
    static final List<String> WINDOWS = List.of("5m", "30m", "1h", "2h", "6h", "1d", "3d");

    /** Whether even nothing but errors would burn that fast. */
    boolean feasible(double budget) {
        return factor * budget < 1;
    }
}
