package dev.sluice.otlp.view;

/** The links of a span. */
public final class LinksView {
    private final Repeated messages = new Repeated();
    private final FieldIndex fields = new FieldIndex();
    private final AttributesView attributes = new AttributesView();

    LinksView reset(FieldIndex parent, int field) {
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

    /** The first eight bytes of the trace id, big-endian; 0 without one. */
    public long traceIdHigh() {
        return fields.bigEndian(1, 0);
    }

    /** The last eight bytes of the trace id, big-endian; 0 without one. */
    public long traceIdLow() {
        return fields.bigEndian(1, 8);
    }

    /** Lower-case hex, or empty. */
    public String traceId() {
        return fields.hex(1);
    }

    /** The span id, big-endian; 0 without one. */
    public long spanIdBits() {
        return fields.bigEndian(2, 0);
    }

    /** Lower-case hex, or empty. */
    public String spanId() {
        return fields.hex(2);
    }

    public String traceState() {
        return fields.string(3);
    }

    /** Before the first attribute; the same object at every call. */
    public AttributesView attributes() {
        return attributes.reset(fields, 4);
    }

    public long droppedAttributesCount() {
        return fields.bits(5);
    }

    public int flags() {
        return (int) fields.bits(6);
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
