package dev.sluice.slo.intake;

import dev.sluice.otlp.view.AnyValueView;
import dev.sluice.otlp.view.AttributesView;
import dev.sluice.prometheus.LabelNames;
import dev.sluice.slo.condition.Condition;
import dev.sluice.slo.condition.ConditionException;
import dev.sluice.slo.condition.Item;
import dev.sluice.slo.condition.Measure;
import dev.sluice.slo.series.CountConfig;
import dev.sluice.slo.series.CountHistogramConfig;
import dev.sluice.slo.series.Interests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of the things that are counted of spans or log records. Immutable. */
final class CountPlan {
    private final List<Condition> conditions;
    private final List<Attribute> attributes;
    private final @Nullable Measure measure;
    private final double[] bounds;
    private final Face face;

    private CountPlan(
            List<Condition> conditions,
            List<Attribute> attributes,
            @Nullable Measure measure,
            double[] bounds,
            Face face) {
        this.conditions = conditions;
        this.attributes = attributes;
        this.measure = measure;
        this.bounds = bounds;
        this.face = face;
    }

    /** An attribute that becomes a label: of the item or, where it has none of that key, of its resource. */
    static final class Attribute {
        private final byte[] key;
        private final String label;

        private Attribute(String key) {
            this.key = key.getBytes(StandardCharsets.UTF_8);
            this.label = LabelNames.PROMETHEUS.name(key);
        }

        String label() {
            return label;
        }

        /** Valid until the item's attributes are looked at again; {@code null} where there is none. */
        @Nullable
        AnyValueView value(Item item) {
            AttributesView own = item.attributes();
            if (own.find(key)) {
                return own.value();
            }
            AttributesView ofResource = item.resource().attributes();
            return ofResource.find(key) ? ofResource.value() : null;
        }

        String text(Item item) {
            AnyValueView value = value(item);
            return value == null ? "" : value.text();
        }
    }

    /**
     * What the configuration asks for, or {@code null} if no rule reads it.
     *
     * @throws IllegalArgumentException for what {@link CountConfig#validate} would have found
     */
    static @Nullable CountPlan of(CountConfig config, Interests interests) {
        CountHistogramConfig histogram = config.histogram();
        List<Part> parts = histogram == null ? List.of(Part.VALUE) : List.of(Part.BUCKET, Part.SUM, Part.COUNT);
        List<Part> read = parts.stream()
                .filter(part -> interests.mayRead(config.name() + part.suffix()))
                .toList();
        if (read.isEmpty()) {
            return null;
        }
        try {
            List<Condition> conditions = new ArrayList<>();
            for (String condition : config.conditions()) {
                conditions.add(Condition.parse(condition, config.signal().signal()));
            }
            return new CountPlan(
                    conditions,
                    config.attributes().stream().map(Attribute::new).toList(),
                    histogram == null
                            ? null
                            : Measure.parse(histogram.value(), config.signal().signal()),
                    histogram == null
                            ? PointReader.NO_STEPS
                            : histogram.buckets().stream()
                                    .mapToDouble(Double::doubleValue)
                                    .toArray(),
                    new Face(config.name(), Map.of(), read, 0, 0));
        } catch (ConditionException e) {
            throw new IllegalArgumentException(e);
        }
    }

    boolean counts(Item item) {
        for (Condition condition : conditions) {
            if (!condition.holds(item)) {
                return false;
            }
        }
        return true;
    }

    /** What is measured of the item; 1 where items are merely counted, NaN where it lacks the attribute. */
    double value(Item item) {
        return measure == null ? 1 : measure.of(item);
    }

    List<Attribute> attributes() {
        return attributes;
    }

    /** Of buckets; not to be changed. */
    double[] bounds() {
        return bounds;
    }

    Face face() {
        return face;
    }
}
