package dev.sluice.otlp.view;

import dev.sluice.otlp.Wire;

/** A data point of a histogram with explicit bounds. */
public final class HistogramPointView implements PointView {
    private final FieldIndex fields = new FieldIndex();
    private final AttributesView attributes = new AttributesView();
    private final ExemplarsView exemplars = new ExemplarsView();
    private final NumbersView bucketCounts = new NumbersView(Wire.FIXED64);
    private final NumbersView explicitBounds = new NumbersView(Wire.FIXED64);

    /** Stands on the message in the range. */
    public void reset(byte[] array, int start, int end) {
        fields.read(array, start, end);
    }

    /** Before the first attribute; the same object at every call. */
    @Override
    public AttributesView attributes() {
        return attributes.reset(fields, 9);
    }

    @Override
    public long startTime() {
        return fields.bits(2);
    }

    @Override
    public long time() {
        return fields.bits(3);
    }

    @Override
    public int flags() {
        return (int) fields.bits(10);
    }

    /** Before the first exemplar; the same object at every call. */
    public ExemplarsView exemplars() {
        return exemplars.reset(fields, 8);
    }

    public long count() {
        return fields.bits(4);
    }

    public boolean hasSum() {
        return fields.hasNumber(5);
    }

    public double sum() {
        return fields.decimal(5);
    }

    public boolean hasMin() {
        return fields.hasNumber(11);
    }

    public double min() {
        return fields.decimal(11);
    }

    public boolean hasMax() {
        return fields.hasNumber(12);
    }

    public double max() {
        return fields.decimal(12);
    }

    /** One more than the bounds, or none; the same object at every call. */
    public NumbersView bucketCounts() {
        return bucketCounts.reset(fields, 6);
    }

    /** Upper bounds, as {@link NumbersView#decimal}; the same object at every call. */
    public NumbersView explicitBounds() {
        return explicitBounds.reset(fields, 7);
    }

    @Override
    public byte[] array() {
        return fields.array();
    }

    /** Where the message starts in {@link #array}. */
    @Override
    public int start() {
        return fields.start();
    }

    /** The first position behind the message. */
    @Override
    public int end() {
        return fields.end();
    }
}
