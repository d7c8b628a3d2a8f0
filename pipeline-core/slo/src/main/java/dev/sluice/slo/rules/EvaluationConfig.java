package dev.sluice.slo.rules;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import java.time.Duration;

/** The block {@code evaluation}: when rules are evaluated. */
public record EvaluationConfig(
        @Doc(
                "`interval`: at the times at which Prometheus would. `event`: when samples come that a group reads, at most once a second, and when a `for` or `keep_firing_for` ends. `hybrid`: both.")
        EvaluationMode mode,

        @Doc("Of groups that give no `interval`. Also the step of subqueries that give none.")
        Duration interval,

        @Doc(
                "So much later than the newest sample others may come and still be seen: rules are evaluated at the time of the newest sample less this.")
        Duration allowedLateness,

        @Doc(
                "How long windows of `rate`, `increase`, `sum_over_time` and `count_over_time`, within `sum` or alone, are kept. `exact`: as samples, as many as `limits::max_samples_per_series` allows. `panes`: as 60 partial sums a group, right to one of them. `auto`: in panes above one hour.")
        WindowMode windows)
        implements Config {
    public static final EvaluationConfig DEFAULT =
            new EvaluationConfig(EvaluationMode.HYBRID, Duration.ofSeconds(15), Duration.ofSeconds(5), WindowMode.AUTO);

    @Override
    public void validate(Problems problems) {
        if (!interval.isPositive()) {
            problems.at("interval", "must be positive");
        }
        if (allowedLateness.isNegative()) {
            problems.at("allowed_lateness", "must not be negative");
        }
    }
}
