package dev.sluice.slo.spec;

import dev.sluice.gotext.GoFloat;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A speed at which the error budget must not burn, seen over a long window and over a short one, which ends the alert soon after the errors have ended.
 *
 * @param severity of the alert: {@code page} or {@code ticket}, or what else a policy calls it
 * @param shortWindow the long one, where there is but one window
 * @param operator of PromQL, by which the burn rate is compared with the factor
 * @param factor how many times faster than evenly the budget burns: 1 uses it up at the end of the period
 */
record BurnRate(String severity, Duration shortWindow, Duration longWindow, String operator, double factor) {
    /** The windows, each once. */
    List<Duration> windows() {
        return Stream.of(shortWindow, longWindow).distinct().toList();
    }

    /** The share of a period's budget, in percent, that burns in the long window. */
    double percent(Duration period) {
        return 100 * factor * longWindow.toNanos() / period.toNanos();
    }

    /** Reports an alert of an objective that can never fire, not even with nothing but errors: a mistake that nobody would notice. */
    void check(double budget, Consumer<String> problems) {
        if (operator.startsWith(">") && factor * budget >= 1) {
            problems.accept("the alert over "
                    + String.join(" and ", windows().stream().map(Windows::text).toList())
                    + " could never fire: it needs an error ratio above " + GoFloat.g(factor) + " x "
                    + GoFloat.g(budget)
                    + "; disable it, or raise the objective");
        }
    }
}
