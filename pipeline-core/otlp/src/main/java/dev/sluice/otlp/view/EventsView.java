package dev.sluice.otlp.view;

/** The events of a span. */
public final class EventsView extends MessageView {
    private final Repeated messages = new Repeated();
    private final AttributesView attributes = new AttributesView();

    EventsView reset(FieldIndex parent, int field) {
        messages.reset(parent, field);
        return this;
    }

    public boolean next() {
        return advance(messages);
    }

    /** Nanoseconds since 1970. */
    public long time() {
        return fields.bits(1);
    }

    public String name() {
        return fields.string(2);
    }

    /** Before the first attribute; the same object at every call. */
    public AttributesView attributes() {
        return attributes.reset(fields, 3);
    }

    public long droppedAttributesCount() {
        return fields.bits(4);
    }
}
