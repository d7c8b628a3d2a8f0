package dev.sluice.slo.series;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import java.util.List;

/** The block {@code histogram} of a count: the distribution of a value rather than a mere number. */
public record CountHistogramConfig(
        @Doc(
                "What is measured: `duration`, the seconds from start to end of a span, or a numeric attribute such as `attributes[\"queue.ms\"]`.")
        String value,

        @Doc("Upper bounds of the buckets, ascending, without infinity.")
        List<Double> buckets)
        implements Config {
    /** Seconds, as the semantic conventions of HTTP advise, with bounds above for slow services. */
    private static final List<Double> SECONDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

    public static final CountHistogramConfig DEFAULT = new CountHistogramConfig("duration", SECONDS);

    public CountHistogramConfig {
        buckets = List.copyOf(buckets);
    }

    @Override
    public void validate(Problems problems) {
        Bounds.check(problems, "buckets", buckets);
    }
}
