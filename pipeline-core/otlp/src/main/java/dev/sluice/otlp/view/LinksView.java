package dev.sluice.otlp.view;

/** The links of a span. */
public final class LinksView extends SpanReferenceView {
    private final Repeated messages = new Repeated();
    private final AttributesView attributes = new AttributesView();

    LinksView() {
        super(1, 2);
    }

    LinksView reset(FieldIndex parent, int field) {
        messages.reset(parent, field);
        return this;
    }

    public boolean next() {
        return advance(messages);
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
}
