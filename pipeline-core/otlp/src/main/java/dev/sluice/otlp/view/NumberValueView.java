package dev.sluice.otlp.view;

/** The number of a data point or an exemplar: an integer, a decimal, or none. */
public final class NumberValueView {
    private static final int INTEGER = 6;

    private final FieldIndex fields;
    private final int decimalField;

    NumberValueView(FieldIndex fields, int decimalField) {
        this.fields = fields;
        this.decimalField = decimalField;
    }

    /** Whether there is one. */
    public boolean exists() {
        return fields.hasNumber(decimalField) || fields.hasNumber(INTEGER);
    }

    /** Whether it is {@link #integer}. */
    public boolean isInteger() {
        return fields.hasNumber(INTEGER) && !fields.hasNumber(decimalField);
    }

    /** 0 for a decimal. */
    public long integer() {
        return fields.bits(INTEGER);
    }

    /** 0 for an integer. */
    public double decimal() {
        return fields.decimal(decimalField);
    }

    /** The number of either kind; 0 without one. */
    public double either() {
        return isInteger() ? (double) integer() : decimal();
    }
}
