package dev.sluice.otlp.view;

/** One log record. Times are nanoseconds since 1970. */
public final class LogRecordView extends SpanReferenceView {
    private final AttributesView attributes = new AttributesView();
    private final AnyValueView body = new AnyValueView();

    public LogRecordView() {
        super(9, 10);
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

    public String eventName() {
        return fields.string(12);
    }
}
