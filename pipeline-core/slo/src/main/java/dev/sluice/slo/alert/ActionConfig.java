package dev.sluice.slo.alert;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of {@code actions}: what Sluice itself does about alerts. */
public record ActionConfig(
        @Doc("Let samplers keep everything of what a firing alert is about.") @Nullable
        SamplingBoost samplingBoost) implements Config {
    public static final ActionConfig DEFAULT = new ActionConfig(null);

    @Override
    public void validate(Problems problems) {
        if (samplingBoost == null) {
            problems.add("must name an action: sampling_boost");
        }
    }

    /** The block {@code sampling_boost}. */
    public record SamplingBoost(
            @Doc("How long at most, from when the alert begins to fire; it ends before when the alert is resolved.")
            Duration duration,

            @Doc(
                    "The labels of an alert that say what it is about, as far as it has them: `job` is a service with its namespace, a path or"
                            + " route is the request's, other labels are attributes of their name. An alert that has none of them boosts nothing.")
            List<String> match)
            implements Config {
        public static final SamplingBoost DEFAULT = new SamplingBoost(
                Duration.ofMinutes(10), List.of("job", "service_name", "sloth_service", "path", "route", "http_route"));

        public SamplingBoost {
            match = List.copyOf(match);
        }

        @Override
        public void validate(Problems problems) {
            if (!duration.isPositive()) {
                problems.at("duration", "must be positive");
            }
            if (match.isEmpty()) {
                problems.at("match", "must name a label");
            }
        }
    }
}
