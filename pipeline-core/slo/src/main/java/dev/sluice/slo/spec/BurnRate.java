package dev.sluice.slo.spec;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A pair of windows in which the error budget must not burn too fast. Source: Google's SRE workbook, chapter 5, table 5-8.
 *
 * @param share of the period's budget that the long window may use up
 */
public record BurnRate(String shortWindow, String longWindow, long longSeconds, double share) {
    public static final List<BurnRate> PAGE =
            List.of(new BurnRate("5m", "1h", 3_600, 0.02), new BurnRate("30m", "6h", 21_600, 0.05));
    public static final List<BurnRate> TICKET =
            List.of(new BurnRate("2h", "1d", 86_400, 0.1), new BurnRate("6h", "3d", 259_200, 0.1));

    /** All windows that error ratios are recorded for, but the period itself. */
    static final List<String> WINDOWS = List.of("5m", "30m", "1h", "2h", "6h", "1d", "3d");

    private static final long DAY_SECONDS = 86_400;

    /** Factors have two decimals, as in tables made after the workbook. */
    private static final double DIGITS = 100;

    /** How many times faster than evenly the budget burns that way: 14.4, 6, 3 and 1 for 30 days. */
    double factor(int days) {
        return Math.round(share * days * DAY_SECONDS / longSeconds * DIGITS) / DIGITS;
    }

    /** Reports alerts of an objective that can never fire, not even with nothing but errors: a mistake that nobody would notice. */
    static void check(Slo slo, Consumer<String> problems) {
        Stream<BurnRate> rates = Stream.concat(
                slo.alerting().page().disabled() ? Stream.empty() : PAGE.stream(),
                slo.alerting().ticket().disabled() ? Stream.empty() : TICKET.stream());
        rates.filter(rate -> slo.objective() > 0 && rate.factor(slo.days()) * slo.budget() >= 1)
                .forEach(rate -> problems.accept("the alert over " + rate.shortWindow + " and " + rate.longWindow
                        + " could never fire: it needs an error ratio above " + rate.factor(slo.days()) + " x "
                        + slo.budget() + "; disable it, or raise the objective"));
    }
}
