package dev.sluice.otlp.view;

/** A data point of a gauge or a sum. */
public final class NumberPointView extends PointView {
    private final ExemplarsView exemplars = new ExemplarsView();

    public NumberPointView() {
        super(7, 8);
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
}
