package dev.sluice.otlp.view;

/** A data point of a summary. */
public final class SummaryPointView implements PointView {
    private final FieldIndex fields = new FieldIndex();
    private final AttributesView attributes = new AttributesView();
    private final QuantilesView quantiles = new QuantilesView();

    /** Stands on the message in the range. */
    public void reset(byte[] array, int start, int end) {
        fields.read(array, start, end);
    }

    /** Before the first attribute; the same object at every call. */
    @Override
    public AttributesView attributes() {
        return attributes.reset(fields, 7);
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
        return (int) fields.bits(8);
    }

    public long count() {
        return fields.bits(4);
    }

    public double sum() {
        return fields.decimal(5);
    }

    /** Before the first quantile; the same object at every call. */
    public QuantilesView quantiles() {
        return quantiles.reset(fields, 6);
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
