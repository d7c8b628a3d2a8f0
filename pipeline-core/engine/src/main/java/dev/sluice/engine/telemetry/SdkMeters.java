package dev.sluice.engine.telemetry;

import dev.sluice.api.ComponentId;
import dev.sluice.api.Meters;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleGauge;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.context.Context;
import java.util.Arrays;
import java.util.Map;

/**
 * Meters on instruments of the SDK. Attributes are built once for each meter and the context is given, so that recording looks
 * nothing up in a thread local and allocates nothing.
 */
final class SdkMeters implements Meters {
    private static final String PREFIX = "otelcol_";

    private final Meter meter;
    private final Attributes own;

    private SdkMeters(Meter meter, Attributes own) {
        this.meter = meter;
        this.own = own;
    }

    static MeterSource source(Meter meter) {
        return (kind, id, labels) -> of(meter, kind, id, labels);
    }

    private static SdkMeters of(Meter meter, String kind, ComponentId id, Map<String, String> labels) {
        AttributesBuilder attributes = Attributes.builder().put(kind, id.toString());
        labels.forEach(attributes::put);
        return new SdkMeters(meter, attributes.build());
    }

    @Override
    public Counter counter(String name, String unit, String description, Map<String, String> labels) {
        LongCounter counter = meter.counterBuilder(PREFIX + name)
                .setUnit(unit)
                .setDescription(description)
                .build();
        Attributes attributes = with(labels);
        return amount -> counter.add(amount, attributes, Context.root());
    }

    @Override
    public Gauge gauge(String name, String unit, String description, Map<String, String> labels) {
        DoubleGauge gauge = meter.gaugeBuilder(PREFIX + name)
                .setUnit(unit)
                .setDescription(description)
                .build();
        Attributes attributes = with(labels);
        return value -> gauge.set(value, attributes, Context.root());
    }

    @Override
    public Histogram histogram(
            String name, String unit, String description, Map<String, String> labels, double... bounds) {
        DoubleHistogram histogram = meter.histogramBuilder(PREFIX + name)
                .setUnit(unit)
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(Arrays.stream(bounds).boxed().toList())
                .build();
        Attributes attributes = with(labels);
        return value -> histogram.record(value, attributes, Context.root());
    }

    private Attributes with(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return own;
        }
        AttributesBuilder attributes = own.toBuilder();
        labels.forEach(attributes::put);
        return attributes.build();
    }
}
