package dev.sluice.otlp.view;

/** A data point of an exponential histogram. */
public final class ExponentialPointView extends AnyHistogramPointView {
    private final BucketsView positive = new BucketsView();
    private final BucketsView negative = new BucketsView();

    public ExponentialPointView() {
        super(1, 11, 12, 13);
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
}
