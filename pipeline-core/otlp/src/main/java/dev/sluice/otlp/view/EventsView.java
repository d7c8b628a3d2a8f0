package dev.sluice.otlp.view;

/** The events of a span. */
public final class EventsView {
    private final Repeated messages = new Repeated();
    private final FieldIndex fields = new FieldIndex();
    private final AttributesView attributes = new AttributesView();

    EventsView reset(FieldIndex parent, int field) {
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
