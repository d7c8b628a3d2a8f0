package dev.sluice.engine.telemetry;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Key;
import dev.sluice.api.config.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of {@code views}: which metrics, and what becomes of them. */
public record ViewConfig(
        @Doc("The metrics it is for.") Selector selector,
        @Doc("What becomes of them.") Stream stream) implements Config {
    public static final ViewConfig DEFAULT = new ViewConfig(Selector.DEFAULT, Stream.DEFAULT);

    @Override
    public void validate(Problems problems) {
        if (selector.equals(Selector.DEFAULT)) {
            problems.at("selector", "empty selector is invalid");
        }
    }

    /** The block {@code selector}. All that is given must agree. */
    public record Selector(
            @Doc("The name; `*` and `?` stand for any characters and any one.")
            String instrumentName,

            @Doc("The kind of instrument.") @Nullable InstrumentKind instrumentType,
            @Doc("The unit.") String unit,
            @Doc("The name of the meter.") String meterName,
            @Doc("The version of the meter.") String meterVersion,
            @Doc("The schema URL of the meter.") String meterSchemaUrl)
            implements Config {
        public static final Selector DEFAULT = new Selector("", null, "", "", "", "");
    }

    /** Kinds of instruments. */
    public enum InstrumentKind {
        COUNTER,
        GAUGE,
        HISTOGRAM,
        OBSERVABLE_COUNTER,
        OBSERVABLE_GAUGE,
        OBSERVABLE_UP_DOWN_COUNTER,
        UP_DOWN_COUNTER
    }

    /** The block {@code stream}. */
    public record Stream(
            @Doc("Another name.") String name,
            @Doc("Another description.") String description,
            @Doc("How values are added up.") @Nullable Aggregation aggregation,
            @Doc("Which attributes are kept.") MetricsConfig.@Nullable IncludeExclude attributeKeys)
            implements Config {
        public static final Stream DEFAULT = new Stream("", "", null, null);
    }

    /** The block {@code aggregation}: at most one. */
    public record Aggregation(
            @Doc("As the instrument says.") @Key("default") @Nullable
            None usual,

            @Doc("Not at all: the metric is gone.") @Nullable
            None drop,

            @Doc("The sum.") @Nullable None sum,
            @Doc("The last value.") @Nullable None lastValue,

            @Doc("A histogram with given buckets.") @Nullable
            Buckets explicitBucketHistogram,

            @Doc("A histogram whose buckets grow.") @Nullable
            Exponential base2ExponentialBucketHistogram)
            implements Config {
        public static final Aggregation DEFAULT = new Aggregation(null, null, null, null, null, null);
    }

    /** A choice without options. */
    public record None() implements Config {
        public static final None DEFAULT = new None();
    }

    /** The block {@code explicit_bucket_histogram}. */
    public record Buckets(
            @Doc("Upper bounds, ascending.") List<Double> boundaries,
            @Doc("Keep the least and the greatest value.") boolean recordMinMax)
            implements Config {
        public static final Buckets DEFAULT = new Buckets(
                List.of(
                        0.0, 5.0, 10.0, 25.0, 50.0, 75.0, 100.0, 250.0, 500.0, 750.0, 1000.0, 2500.0, 5000.0, 7500.0,
                        10000.0),
                true);

        @Override
        public void validate(Problems problems) {
            for (int i = 1; i < boundaries.size(); i++) {
                if (boundaries.get(i) <= boundaries.get(i - 1)) {
                    problems.at("boundaries", "'boundaries' must be ascending");
                    return;
                }
            }
        }
    }

    /** The block {@code base2_exponential_bucket_histogram}. */
    public record Exponential(
            @Doc("The finest resolution, -10 to 20.") int maxScale,
            @Doc("The most buckets on either side of zero.") int maxSize,
            @Doc("Keep the least and the greatest value.") boolean recordMinMax)
            implements Config {
        public static final Exponential DEFAULT = new Exponential(20, 160, true);

        @Override
        public void validate(Problems problems) {
            if (maxScale < -10 || maxScale > 20) {
                problems.at("max_scale", "'max_scale' must be within [-10, 20]");
            }
            if (maxSize < 2) {
                problems.at("max_size", "'max_size' must be at least 2");
            }
        }
    }
}
