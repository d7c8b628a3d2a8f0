package dev.sluice.otlp.view;

/** A data point of a gauge or a sum. */
public final class NumberPointView implements PointView {
    private final FieldIndex fields = new FieldIndex();
    private final AttributesView attributes = new AttributesView();
    private final ExemplarsView exemplars = new ExemplarsView();

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

    /** Before the first exemplar; the same object at every call. */
    public ExemplarsView exemplars() {
        return exemplars.reset(fields, 5);
    }

    /** Whether the value is an integer: {@link #integer}. */
    public boolean isInteger() {
        return fields.hasNumber(6) && !fields.hasNumber(4);
    }

    public boolean hasValue() {
        return fields.hasNumber(4) || fields.hasNumber(6);
    }

    public long integer() {
        return fields.bits(6);
    }

    public double decimal() {
        return fields.decimal(4);
    }

    /** The value of either kind; 0 without one. */
    public double value() {
        return isInteger() ? (double) integer() : decimal();
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
