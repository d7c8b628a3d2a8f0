package dev.sluice.slo.spec;

import java.time.Duration;
import java.util.List;

/**
 * How the budget of a period may burn: two pairs of windows for pages and two for tickets. Source: github.com/slok/sloth, pkg/prometheus/alertwindows/v1.
 */
record AlertWindows(Duration period, Pair pageQuick, Pair pageSlow, Pair ticketQuick, Pair ticketSlow) {
    static final String PAGE = "page";
    static final String TICKET = "ticket";

    private static final double HOUR = Duration.ofHours(1).toNanos();

    /**
     * Two windows that are looked at together.
     *
     * @param percent of the period's budget that the long window may use up
     */
    record Pair(double percent, Duration shortWindow, Duration longWindow) {
        private static Pair of(double percent, int shortMinutes, int longHours) {
            return new Pair(percent, Duration.ofMinutes(shortMinutes), Duration.ofHours(longHours));
        }
    }

    /** For any period. Source: Google's SRE workbook, chapter 5, table 5-8. */
    static AlertWindows workbook(Duration period) {
        return new AlertWindows(
                period, Pair.of(2, 5, 1), Pair.of(5, 30, 6), Pair.of(10, 120, 24), Pair.of(10, 360, 72));
    }

    /** 14.4, 6, 3 and 1 for the workbook's windows and 30 days. */
    Windows windows() {
        return new Windows(
                period,
                pageQuick.shortWindow(),
                List.of(
                        rate(PAGE, pageQuick),
                        rate(PAGE, pageSlow),
                        rate(TICKET, ticketQuick),
                        rate(TICKET, ticketSlow)));
    }

    /** Reckoned in Sloth's order, so that it is Sloth's number to the last digit. */
    private BurnRate rate(String severity, Pair pair) {
        double factor = pair.percent() * hours(period) / 100 / hours(pair.longWindow());
        return new BurnRate(severity, pair.shortWindow(), pair.longWindow(), ">", factor);
    }

    /** As Go's {@code Duration.Hours}. */
    static double hours(Duration duration) {
        long whole = duration.toHours();
        return whole + duration.minusHours(whole).toNanos() / HOUR;
    }
}
