package dev.sluice.otlp.view;

/** One log record. Times are nanoseconds since 1970. */
public final class LogRecordView {
    private final FieldIndex fields = new FieldIndex();
    private final AttributesView attributes = new AttributesView();
    private final AnyValueView body = new AnyValueView();

    /** Stands on the message in the range. */
    public void reset(byte[] array, int start, int end) {
        fields.read(array, start, end);
    }

    public long time() {
        return fields.bits(1);
    }

    public long observedTime() {
        return fields.bits(11);
    }

    /** 0 to 24. */
    public int severityNumber() {
        return (int) fields.bits(2);
    }

    public String severityText() {
        return fields.string(3);
    }

    /** The same object at every call; EMPTY without one. */
    public AnyValueView body() {
        return body.reset(fields.array(), fields.from(5), fields.to(5));
    }

    /** Before the first attribute; the same object at every call. */
    public AttributesView attributes() {
        return attributes.reset(fields, 6);
    }

    public long droppedAttributesCount() {
        return fields.bits(7);
    }

    public int flags() {
        return (int) fields.bits(8);
    }

    /** The first eight bytes of the trace id, big-endian; 0 without one. */
    public long traceIdHigh() {
        return fields.bigEndian(9, 0);
    }

    /** The last eight bytes of the trace id, big-endian; 0 without one. */
    public long traceIdLow() {
        return fields.bigEndian(9, 8);
    }

    /** Lower-case hex, or empty. */
    public String traceId() {
        return fields.hex(9);
    }

    /** The span id, big-endian; 0 without one. */
    public long spanIdBits() {
        return fields.bigEndian(10, 0);
    }

    /** Lower-case hex, or empty. */
    public String spanId() {
        return fields.hex(10);
    }

    /** Where the 16 bytes of the trace id start in {@link #array}, if {@link #traceIdLength} is not 0. */
    public int traceIdStart() {
        return fields.from(9);
    }

    public int traceIdLength() {
        return fields.length(9);
    }

    public String eventName() {
        return fields.string(12);
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
