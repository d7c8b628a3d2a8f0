package dev.sluice.otlp.view;

/** The exemplars of a data point. */
public final class ExemplarsView {
    private final Repeated messages = new Repeated();
    private final FieldIndex fields = new FieldIndex();
    private final AttributesView attributes = new AttributesView();

    ExemplarsView reset(FieldIndex parent, int field) {
        messages.reset(parent, field);
        return this;
    }

    public boolean next() {
        if (!messages.next()) {
            return false;
        }
        fields.read(messages.array(), messages.start(), messages.end());
        return true;
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

    /** The first eight bytes of the trace id, big-endian; 0 without one. */
    public long traceIdHigh() {
        return fields.bigEndian(5, 0);
    }

    /** The last eight bytes of the trace id, big-endian; 0 without one. */
    public long traceIdLow() {
        return fields.bigEndian(5, 8);
    }

    /** Lower-case hex, or empty. */
    public String traceId() {
        return fields.hex(5);
    }

    /** The span id, big-endian; 0 without one. */
    public long spanIdBits() {
        return fields.bigEndian(4, 0);
    }

    /** Lower-case hex, or empty. */
    public String spanId() {
        return fields.hex(4);
    }

    public byte[] array() {
        return fields.array();
    }

    /** Where the message starts in {@link #array}. */
    public int start() {
        return fields.start();
    }

    /** The first position behind the message. */
    public int end() {
        return fields.end();
    }
}
