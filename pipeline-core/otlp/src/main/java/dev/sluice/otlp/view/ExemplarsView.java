package dev.sluice.otlp.view;

/** The exemplars of a data point. */
public final class ExemplarsView extends SpanReferenceView {
    private final Repeated messages = new Repeated();
    private final AttributesView attributes = new AttributesView();

    ExemplarsView() {
        super(5, 4);
    }

    ExemplarsView reset(FieldIndex parent, int field) {
        messages.reset(parent, field);
        return this;
    }

    public boolean next() {
        return advance(messages);
    }

    /** Before the first filtered attribute; the same object at every call. */
    public AttributesView filteredAttributes() {
        return attributes.reset(fields, 7);
    }

    /** Nanoseconds since 1970. */
    public long time() {
        return fields.bits(2);
    }

    /** Whether the value is an integer: {@link #integer}. */
    public boolean isInteger() {
        return fields.hasNumber(6) && !fields.hasNumber(3);
    }

    public boolean hasValue() {
        return fields.hasNumber(3) || fields.hasNumber(6);
    }

    public long integer() {
        return fields.bits(6);
    }

    public double decimal() {
        return fields.decimal(3);
    }

    /** The value of either kind; 0 without one. */
    public double value() {
        return isInteger() ? (double) integer() : decimal();
    }
}
