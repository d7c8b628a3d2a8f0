package dev.sluice.engine.telemetry;

import dev.sluice.prometheus.LabelNames;
import dev.sluice.prometheus.Labels;
import dev.sluice.prometheus.MetricFamily;
import dev.sluice.prometheus.MetricNames;
import dev.sluice.prometheus.MetricNames.Kind;
import dev.sluice.prometheus.MetricType;
import dev.sluice.prometheus.NativeBuckets;
import dev.sluice.prometheus.Sample;
import dev.sluice.prometheus.Sample.Times;
import dev.sluice.prometheus.TranslationStrategy;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns what the SDK collected into Prometheus families, as the Collector's endpoint shows them: names and labels by the strategy,
 * the resource in {@code target_info}. Sorted by name.
 */
final class PrometheusFamilies {
    private final MetricsConfig.Prometheus config;
    private final Resource resource;
    private final TranslationStrategy strategy;
    private final LabelNames labelNames;
    private final MetricNames metricNames;
    private final Map<String, String> constant;

    PrometheusFamilies(MetricsConfig.Prometheus config, Resource resource) {
        this.config = config;
        this.resource = resource;
        this.strategy = strategy(config);
        this.labelNames = LabelNames.collector(strategy);
        this.metricNames = new MetricNames(strategy, "");
        this.constant = new TreeMap<>();
        MetricsConfig.IncludeExclude chosen = config.withResourceConstantLabels();
        if (chosen != null) {
            NamePatterns patterns = new NamePatterns(chosen.included(), chosen.excluded());
            resource.getAttributes().forEach((key, value) -> {
                if (patterns.take(key.getKey()) && !chosen.included().isEmpty()) {
                    constant.put(labelNames.name(key.getKey()), String.valueOf(value));
                }
            });
        }
    }

    Collection<MetricFamily> of(Collection<MetricData> metrics) {
        Map<String, MetricFamily> families = new TreeMap<>();
        for (MetricData metric : metrics) {
            MetricFamily family = family(metric);
            // The same name from two scopes is one family; the text of the first stands.
            families.merge(family.header().name(), family, (first, second) -> {
                if (first.header().type() != second.header().type()) {
                    return first;
                }
                List<Sample> both = new ArrayList<>(first.samples());
                both.addAll(second.samples());
                return new MetricFamily(first.header(), both);
            });
        }
        families.put(
                "target_info",
                new MetricFamily(
                        "target_info",
                        MetricType.GAUGE,
                        "Target metadata",
                        List.of(new Sample.Value(labels(resource.getAttributes(), Map.of()), 1))));
        return families.values();
    }

    private static TranslationStrategy strategy(MetricsConfig.Prometheus config) {
        MetricsConfig.Translation given = config.translationStrategy();
        if (given != null) {
            return switch (given) {
                case UNDERSCORE_ESCAPING_WITH_SUFFIXES -> TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES;
                case UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES -> TranslationStrategy.UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES;
                case NO_UTF8_ESCAPING_WITH_SUFFIXES -> TranslationStrategy.NO_UTF8_ESCAPING_WITH_SUFFIXES;
                case NO_TRANSLATION -> TranslationStrategy.NO_TRANSLATION;
            };
        }
        return config.withoutUnits() && config.withoutTypeSuffix()
                ? TranslationStrategy.UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES
                : TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES;
    }

    private MetricFamily family(MetricData metric) {
        MetricType type = type(metric);
        List<Sample> samples = new ArrayList<>();
        for (PointData point : metric.getData().getPoints()) {
            samples.add(sample(point, labels(point.getAttributes(), own(metric.getInstrumentationScopeInfo()))));
        }
        return new MetricFamily(
                new MetricFamily.Header(name(metric, type), type, "", metric.getDescription()), samples);
    }

    private String name(MetricData metric, MetricType type) {
        Kind kind = switch (type) {
            case COUNTER -> Kind.MONOTONIC_SUM;
            case GAUGE -> metric.getData() instanceof SumData<?> ? Kind.OTHER : Kind.GAUGE;
            case HISTOGRAM, SUMMARY, UNTYPED -> Kind.OTHER;
        };
        boolean flags = config.translationStrategy() == null;
        return metricNames.name(
                metric.getName(),
                flags && config.withoutUnits() ? "" : metric.getUnit(),
                flags && config.withoutTypeSuffix() ? Kind.OTHER : kind);
    }

    private static MetricType type(MetricData metric) {
        MetricDataType type = metric.getType();
        return switch (type) {
            case LONG_GAUGE, DOUBLE_GAUGE -> MetricType.GAUGE;
            case LONG_SUM, DOUBLE_SUM ->
                ((SumData<?>) metric.getData()).isMonotonic() ? MetricType.COUNTER : MetricType.GAUGE;
            case HISTOGRAM, EXPONENTIAL_HISTOGRAM -> MetricType.HISTOGRAM;
            case SUMMARY -> throw unexpected(metric.getName());
        };
    }

    private static Sample sample(PointData point, Labels labels) {
        Times times = new Times(0, point.getStartEpochNanos());
        return switch (point) {
            case io.opentelemetry.sdk.metrics.data.LongPointData value ->
                new Sample.Value(labels, times, value.getValue(), null);
            case io.opentelemetry.sdk.metrics.data.DoublePointData value ->
                new Sample.Value(labels, times, value.getValue(), null);
            case HistogramPointData histogram ->
                new Sample.Histogram(labels, times, histogram.getCount(), histogram.getSum(), buckets(histogram));
            case ExponentialHistogramPointData histogram -> exponential(histogram, labels, times);
            default -> throw unexpected(point.toString());
        };
    }

    /** Summaries come from nowhere in an SDK whose only instruments are ours. */
    private static IllegalArgumentException unexpected(String what) {
        return new IllegalArgumentException("no Prometheus form for " + what);
    }

    private static List<Sample.Bucket> buckets(HistogramPointData histogram) {
        List<Sample.Bucket> buckets = new ArrayList<>();
        long count = 0;
        for (int i = 0; i < histogram.getBoundaries().size(); i++) {
            count += histogram.getCounts().get(i);
            buckets.add(new Sample.Bucket(histogram.getBoundaries().get(i), count, null));
        }
        return buckets;
    }

    /** The finest schema is 8 in Prometheus and 20 in OpenTelemetry; halving a scale merges pairs of buckets. */
    private static Sample exponential(ExponentialHistogramPointData histogram, Labels labels, Times times) {
        int down = Math.max(0, histogram.getScale() - 8);
        return new Sample.NativeHistogram(
                labels,
                times,
                histogram.getCount(),
                histogram.getSum(),
                histogram.getScale() - down,
                0,
                histogram.getZeroCount(),
                spread(histogram.getPositiveBuckets(), down),
                spread(histogram.getNegativeBuckets(), down),
                List.of());
    }

    private static NativeBuckets spread(ExponentialHistogramBuckets buckets, int down) {
        List<Long> counts = buckets.getBucketCounts();
        if (counts.isEmpty()) {
            return NativeBuckets.EMPTY;
        }
        int first = buckets.getOffset() >> down;
        int last = (buckets.getOffset() + counts.size() - 1) >> down;
        long[] merged = new long[last - first + 1];
        for (int i = 0; i < counts.size(); i++) {
            merged[((buckets.getOffset() + i) >> down) - first] += counts.get(i);
        }
        return NativeBuckets.of(first + 1, merged);
    }

    private Map<String, String> own(InstrumentationScopeInfo scope) {
        if (config.withoutScopeInfo()) {
            return constant;
        }
        Map<String, String> own = new TreeMap<>(constant);
        own.put("otel_scope_name", scope.getName());
        own.put("otel_scope_version", scope.getVersion() == null ? "" : scope.getVersion());
        own.put("otel_scope_schema_url", scope.getSchemaUrl() == null ? "" : scope.getSchemaUrl());
        return own;
    }

    private Labels labels(Attributes attributes, Map<String, String> own) {
        Map<String, String> labels = new TreeMap<>(own);
        attributes.forEach((key, value) ->
                labels.merge(labelNames.name(key.getKey()), String.valueOf(value), (a, b) -> a + ";" + b));
        return Labels.of(labels);
    }
}
