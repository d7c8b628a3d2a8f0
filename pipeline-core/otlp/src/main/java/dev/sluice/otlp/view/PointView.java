package dev.sluice.otlp.view;

/** What the data points of all kinds have. Times are nanoseconds since 1970. */
public abstract sealed class PointView extends MessageView
        permits NumberPointView, AnyHistogramPointView, SummaryPointView {
    private final AttributesView attributes = new AttributesView();
    private final int attributesField;
    private final int flagsField;

    PointView(int attributesField, int flagsField) {
        this.attributesField = attributesField;
        this.flagsField = flagsField;
    }

    /** Before the first attribute; the same object at every call. */
    public final AttributesView attributes() {
        return attributes.reset(fields, attributesField);
    }

    public final long startTime() {
        return fields.bits(2);
    }

    public final long time() {
        return fields.bits(3);
    }

    /** The bits of the proto's DataPointFlags. */
    public final int flags() {
        return (int) fields.bits(flagsField);
    }

    /** Whether the point says that its stream has ended: Prometheus's staleness marker. */
    public final boolean noRecordedValue() {
        return (flags() & 1) != 0;
    }
}
