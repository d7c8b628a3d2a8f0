package dev.sluice.slo.series;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import java.util.List;
import java.util.Map;

/** What rules see of telemetry; laid into the configuration of the processor and the connector {@code slo}. */
public record SeriesConfig(
        @Doc("What rules may keep in memory.") LimitsConfig limits,

        @Doc("Names under which rules find metrics besides their own.")
        List<MetricAliasConfig> metricAliases,

        @Doc(
                "Bounds of classic buckets to be made from exponential histograms, by the name of the metric in OTLP or under its alias. A rule's threshold should be one of them.")
        Map<String, List<Double>> classicBuckets,

        @Doc(
                "A cumulative series that starts within the range of a rule counts from 0, so that its first increment is seen. `false` is as Prometheus does without the feature `created-timestamp-zero-ingestion`.")
        boolean startTimestampZero,

        @Doc("Counters and histograms made from spans and log records, before any sampling.")
        List<CountConfig> counts)
        implements Config {
    public static final SeriesConfig DEFAULT =
            new SeriesConfig(LimitsConfig.DEFAULT, List.of(), Map.of(), true, List.of());

    public SeriesConfig {
        metricAliases = List.copyOf(metricAliases);
        classicBuckets = Map.copyOf(classicBuckets);
        counts = List.copyOf(counts);
    }

    @Override
    public void validate(Problems problems) {
        classicBuckets.forEach((metric, bounds) -> Bounds.check(problems, "classic_buckets::" + metric, bounds));
    }
}
