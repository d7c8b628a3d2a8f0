package dev.sluice.otlp.view;

/** A data point of an exponential histogram. */
public final class ExponentialPointView implements PointView {
    private final FieldIndex fields = new FieldIndex();
    private final AttributesView attributes = new AttributesView();
    private final ExemplarsView exemplars = new ExemplarsView();
    private final BucketsView positive = new BucketsView();
    private final BucketsView negative = new BucketsView();

    /** Stands on the message in the range. */
    public void reset(byte[] array, int start, int end) {
        fields.read(array, start, end);
    }

    /** Before the first attribute; the same object at every call. */
    @Override
    public AttributesView attributes() {
        return attributes.reset(fields, 1);
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
        return exemplars.reset(fields, 11);
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
        return fields.hasNumber(12);
    }

    public double min() {
        return fields.decimal(12);
    }

    public boolean hasMax() {
        return fields.hasNumber(13);
    }

    public double max() {
        return fields.decimal(13);
    }

    /** The base of the buckets is {@code 2^(2^-scale)}. */
    public int scale() {
        return fields.zigzag(6);
    }

    public long zeroCount() {
        return fields.bits(7);
    }

    public double zeroThreshold() {
        return fields.decimal(14);
    }

    /** The same object at every call. */
    public BucketsView positive() {
        return positive.reset(fields, 8);
    }

    /** The same object at every call. */
    public BucketsView negative() {
        return negative.reset(fields, 9);
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
