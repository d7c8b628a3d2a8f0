package dev.sluice.otlp.view;

import dev.sluice.otlp.Wire;

/** A data point of a histogram with explicit bounds. */
public final class HistogramPointView extends AnyHistogramPointView {
    private final NumbersView bucketCounts = new NumbersView(Wire.FIXED64);
    private final NumbersView explicitBounds = new NumbersView(Wire.FIXED64);

    public HistogramPointView() {
        super(9, 8, 11, 12);
    }

    /** One more than the bounds, or none; the same object at every call. */
    public NumbersView bucketCounts() {
        return bucketCounts.reset(fields, 6);
    }

    /** Upper bounds, as {@link NumbersView#decimal}; the same object at every call. */
    public NumbersView explicitBounds() {
        return explicitBounds.reset(fields, 7);
    }
}
