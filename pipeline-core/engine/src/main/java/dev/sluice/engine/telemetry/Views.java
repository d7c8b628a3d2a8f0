package dev.sluice.engine.telemetry;

import dev.sluice.engine.telemetry.MetricsConfig.Level;
import dev.sluice.engine.telemetry.ViewConfig.InstrumentKind;
import dev.sluice.engine.telemetry.ViewConfig.Selector;
import dev.sluice.engine.telemetry.ViewConfig.Stream;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.Base2ExponentialHistogramOptions;
import io.opentelemetry.sdk.metrics.ExplicitBucketHistogramOptions;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.InstrumentSelectorBuilder;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.ViewBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the SDK which metrics to change: those of the configuration, and those too costly for the level. */
final class Views {
    /** What the Collector measures at level {@code detailed} only. */
    private static final List<String> DETAILED = List.of(
            "otelcol_processor_batch_batch_send_size_bytes",
            "otelcol_exporter_queue_batch_send_size_bytes",
            "otelcol_exporter_enqueue_size_bytes",
            "otelcol_processor_internal_duration");

    private Views() {}

    static void register(MetricsConfig config, SdkMeterProviderBuilder provider) {
        if (config.level() != Level.DETAILED) {
            View drop = View.builder().setAggregation(Aggregation.drop()).build();
            for (String name : DETAILED) {
                provider.registerView(InstrumentSelector.builder().setName(name).build(), drop);
            }
        }
        for (ViewConfig view : config.views()) {
            provider.registerView(selector(view.selector()), view(view.stream()));
        }
    }

    private static InstrumentSelector selector(Selector selector) {
        InstrumentSelectorBuilder builder = InstrumentSelector.builder();
        InstrumentKind kind = selector.instrumentType();
        if (kind != null) {
            builder.setType(
                    switch (kind) {
                        case COUNTER -> InstrumentType.COUNTER;
                        case GAUGE -> InstrumentType.GAUGE;
                        case HISTOGRAM -> InstrumentType.HISTOGRAM;
                        case OBSERVABLE_COUNTER -> InstrumentType.OBSERVABLE_COUNTER;
                        case OBSERVABLE_GAUGE -> InstrumentType.OBSERVABLE_GAUGE;
                        case OBSERVABLE_UP_DOWN_COUNTER -> InstrumentType.OBSERVABLE_UP_DOWN_COUNTER;
                        case UP_DOWN_COUNTER -> InstrumentType.UP_DOWN_COUNTER;
                    });
        }
        if (!selector.instrumentName().isEmpty()) {
            builder.setName(selector.instrumentName());
        }
        if (!selector.unit().isEmpty()) {
            builder.setUnit(selector.unit());
        }
        if (!selector.meterName().isEmpty()) {
            builder.setMeterName(selector.meterName());
        }
        if (!selector.meterVersion().isEmpty()) {
            builder.setMeterVersion(selector.meterVersion());
        }
        if (!selector.meterSchemaUrl().isEmpty()) {
            builder.setMeterSchemaUrl(selector.meterSchemaUrl());
        }
        return builder.build();
    }

    private static View view(Stream stream) {
        ViewBuilder builder = View.builder();
        if (!stream.name().isEmpty()) {
            builder.setName(stream.name());
        }
        if (!stream.description().isEmpty()) {
            builder.setDescription(stream.description());
        }
        MetricsConfig.IncludeExclude keys = stream.attributeKeys();
        if (keys != null) {
            builder.setAttributeFilter(new NamePatterns(keys.included(), keys.excluded())::take);
        }
        return builder.setAggregation(aggregation(stream.aggregation())).build();
    }

    private static Aggregation aggregation(ViewConfig.@Nullable Aggregation wanted) {
        if (wanted == null) {
            return Aggregation.defaultAggregation();
        }
        if (wanted.drop() != null) {
            return Aggregation.drop();
        }
        if (wanted.sum() != null) {
            return Aggregation.sum();
        }
        if (wanted.lastValue() != null) {
            return Aggregation.lastValue();
        }
        ViewConfig.Buckets buckets = wanted.explicitBucketHistogram();
        if (buckets != null) {
            return Aggregation.explicitBucketHistogram(ExplicitBucketHistogramOptions.builder()
                    .setBucketBoundaries(buckets.boundaries())
                    .setRecordMinMax(buckets.recordMinMax())
                    .build());
        }
        ViewConfig.Exponential growing = wanted.base2ExponentialBucketHistogram();
        return growing == null
                ? Aggregation.defaultAggregation()
                : Aggregation.base2ExponentialBucketHistogram(Base2ExponentialHistogramOptions.builder()
                        .setMaxBuckets(growing.maxSize())
                        .setMaxScale(growing.maxScale())
                        .setRecordMinMax(growing.recordMinMax())
                        .build());
    }
}
