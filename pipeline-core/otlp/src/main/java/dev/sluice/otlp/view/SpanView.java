package dev.sluice.otlp.view;

/** One span. Times are nanoseconds since 1970, ids big-endian. */
public final class SpanView extends SpanReferenceView {
    private final AttributesView attributes = new AttributesView();
    private final EventsView events = new EventsView();
    private final LinksView links = new LinksView();
    private final FieldIndex status = new FieldIndex();

    public SpanView() {
        super(1, 2);
    }

    /** The parent's id, big-endian; 0 for a root span. */
    public long parentSpanIdBits() {
        return fields.bigEndian(4, 0);
    }

    /** Lower-case hex, or empty. */
    public String parentSpanId() {
        return fields.hex(4);
    }

    /** The W3C tracestate. */
    public String traceState() {
        return fields.string(3);
    }

    /** Where the tracestate starts in {@link #array}. */
    public int traceStateStart() {
        return fields.from(3);
    }

    /** The size of the tracestate in bytes; 0 without one. */
    public int traceStateLength() {
        return fields.length(3);
    }

    public int flags() {
        return (int) fields.bits(16);
    }

    public String name() {
        return fields.string(5);
    }

    public int nameStart() {
        return fields.from(5);
    }

    public int nameLength() {
        return fields.length(5);
    }

    /** The number of the proto's SpanKind, 0 to 5. */
    public int kind() {
        return (int) fields.bits(6);
    }

    public long startTime() {
        return fields.bits(7);
    }

    public long endTime() {
        return fields.bits(8);
    }

    /** Before the first attribute; the same object at every call. */
    public AttributesView attributes() {
        return attributes.reset(fields, 9);
    }

    public long droppedAttributesCount() {
        return fields.bits(10);
    }

    /** Before the first event; the same object at every call. */
    public EventsView events() {
        return events.reset(fields, 11);
    }

    public long droppedEventsCount() {
        return fields.bits(12);
    }

    /** Before the first link; the same object at every call. */
    public LinksView links() {
        return links.reset(fields, 13);
    }

    public long droppedLinksCount() {
        return fields.bits(14);
    }

    /** 0 unset, 1 ok, 2 error. */
    public int statusCode() {
        return (int) status().bits(3);
    }

    public String statusMessage() {
        return status().string(2);
    }

    private FieldIndex status() {
        status.read(fields.array(), fields.from(15), fields.to(15));
        return status;
    }
}
