package dev.sluice.engine.telemetry;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Key;
import dev.sluice.api.config.Otherwise;
import dev.sluice.api.config.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The block {@code service::telemetry::metrics}. */
public record MetricsConfig(
        @Doc("How much is measured.") Level level,
        @Doc("Who gets the metrics.") List<Reader> readers,

        @Doc("Changes to single metrics; only at level `detailed`.")
        List<ViewConfig> views)
        implements Config {
    public static final MetricsConfig DEFAULT = new MetricsConfig(
            Level.NORMAL, List.of(new Reader(new Pull(new PullExporter(Prometheus.DEFAULT)), null)), List.of());

    @Override
    public void validate(Problems problems) {
        if (level != Level.NONE && readers.isEmpty()) {
            problems.add("collector telemetry metrics reader should exist when metric level is not none");
        }
        if (!views.isEmpty() && level != Level.DETAILED) {
            problems.add(
                    "service::telemetry::metrics::views can only be set when service::telemetry::metrics::level is detailed");
        }
    }

    /** How much is measured; each level has all of those before it. */
    @Otherwise("unknown metrics level \"%s\"")
    public enum Level {
        NONE,
        BASIC,
        NORMAL,
        DETAILED
    }

    /** One of {@code readers}. Exactly one of the two is there. */
    public record Reader(
            @Doc("Wait to be asked.") @Nullable Pull pull,
            @Doc("Send after each interval.") @Nullable Periodic periodic)
            implements Config {
        public static final Reader DEFAULT = new Reader(null, null);

        @Override
        public void validate(Problems problems) {
            if (pull != null && periodic != null) {
                problems.add("must not specify multiple metric reader type");
            } else if (pull == null && periodic == null) {
                problems.add("no valid metric reader");
            }
        }
    }

    /** The block {@code pull}. */
    public record Pull(@Doc("Who asks.") PullExporter exporter) implements Config {
        public static final Pull DEFAULT = new Pull(PullExporter.DEFAULT);

        @Override
        public void validate(Problems problems) {
            if (exporter.prometheus == null) {
                problems.at("exporter", "no valid metric exporter");
            }
        }
    }

    /** The block {@code pull::exporter}. */
    public record PullExporter(
            @Doc("Serve Prometheus at `/metrics`.") @Nullable
            Prometheus prometheus) implements Config {
        public static final PullExporter DEFAULT = new PullExporter(null);
    }

    /** The block {@code prometheus}. */
    public record Prometheus(
            @Doc("The address to listen on.") String host,
            @Doc("The port to listen on.") int port,

            @Doc("Leave out the labels that name the instrumentation scope.")
            boolean withoutScopeInfo,

            @Doc("Leave the unit out of names.") boolean withoutUnits,

            @Doc("Leave `_total` out of the names of counters.")
            boolean withoutTypeSuffix,

            @Doc("How names are made; instead of `without_units` and `without_type_suffix`.") @Nullable
            Translation translationStrategy,

            @Doc("Resource attributes that become labels of every series.") @Nullable
            IncludeExclude withResourceConstantLabels)
            implements Config {
        public static final Prometheus DEFAULT = new Prometheus("localhost", 8888, true, true, true, null, null);

        @Override
        public void validate(Problems problems) {
            if (port < 0 || port > 65535) {
                problems.at("port", "invalid port \"" + port + "\"");
            }
        }
    }

    /** The Collector's words for ways to make a Prometheus name. */
    public enum Translation {
        @Key("UnderscoreEscapingWithSuffixes")
        UNDERSCORE_ESCAPING_WITH_SUFFIXES,
        @Key("UnderscoreEscapingWithoutSuffixes")
        UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES,
        @Key("NoUTF8EscapingWithSuffixes")
        NO_UTF8_ESCAPING_WITH_SUFFIXES,
        @Key("NoTranslation")
        NO_TRANSLATION
    }

    /** Names with {@code *} and {@code ?} for any characters and any one. Included are those that some pattern takes, or all if none is given. */
    public record IncludeExclude(
            @Doc("Patterns of what is taken.") List<String> included,

            @Doc("Patterns of what is left out all the same.")
            List<String> excluded)
            implements Config {
        public static final IncludeExclude DEFAULT = new IncludeExclude(List.of(), List.of());
    }

    /** The block {@code periodic}. */
    public record Periodic(
            @Doc("Time from one report to the next, in milliseconds.")
            int interval,

            @Doc("Time limit of a report, in milliseconds.") int timeout,

            @Doc("Where reports go.") PushExporter exporter)
            implements Config {
        public static final Periodic DEFAULT = new Periodic(60_000, 30_000, PushExporter.DEFAULT);

        @Override
        public void validate(Problems problems) {
            if (interval <= 0) {
                problems.at("interval", "'interval' must be positive");
            }
            if (timeout <= 0) {
                problems.at("timeout", "'timeout' must be positive");
            }
            if (exporter.otlp() == null && exporter.console() == null) {
                problems.at("exporter", "no valid metric exporter");
            } else if (exporter.otlp() != null && exporter.console() != null) {
                problems.at("exporter", "must not specify multiple exporters");
            }
        }
    }
}
