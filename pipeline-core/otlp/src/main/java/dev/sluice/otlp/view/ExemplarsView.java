package dev.sluice.otlp.view;

/** The exemplars of a data point. */
public final class ExemplarsView extends SpanReferenceView {
    private final Repeated messages = new Repeated();
    private final AttributesView attributes = new AttributesView();
    private final NumberValueView value = new NumberValueView(fields, 3);

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

    /** The same object at every call. */
    public NumberValueView value() {
        return value;
    }
}
