package dev.sluice.slo.condition;

import dev.sluice.otlp.Signal;
import dev.sluice.otlp.view.AnyValueView;
import org.jspecify.annotations.Nullable;

/** A number that is taken of each item: how long a span took, or an attribute. Immutable. */
public final class Measure {
    private static final String DURATION = "duration";
    private static final double NANOS = 1e9;

    /** {@code null} for the duration. */
    private final Path.@Nullable Attribute attribute;

    private Measure(Path.@Nullable Attribute attribute) {
        this.attribute = attribute;
    }

    /**
     * Of {@code duration}, which spans have, or of an attribute such as {@code attributes["queue.ms"]}.
     *
     * @throws ConditionException for anything else
     */
    public static Measure parse(String text, Signal signal) throws ConditionException {
        if (text.equals(DURATION)) {
            if (signal != Signal.TRACES) {
                throw new ConditionException(0, "only spans have a duration");
            }
            return new Measure(null);
        }
        return new Measure(new ConditionParser(text, signal).attribute());
    }

    /** Seconds, or the attribute's number; NaN where there is none. */
    public double of(Item item) {
        if (attribute == null) {
            return item instanceof Item.Span span
                    ? Math.max(0, span.view().endTime() - span.view().startTime()) / NANOS
                    : Double.NaN;
        }
        AnyValueView value = attribute.value(item);
        return value == null
                ? Double.NaN
                : switch (value.kind()) {
                    case INT -> (double) value.integer();
                    case DOUBLE -> value.decimal();
                    case EMPTY, STRING, BOOL, SLICE, MAP, BYTES -> Double.NaN;
                };
    }
}
