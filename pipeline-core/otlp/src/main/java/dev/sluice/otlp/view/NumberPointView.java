package dev.sluice.otlp.view;

/** A data point of a gauge or a sum. */
public final class NumberPointView extends PointView {
    private final ExemplarsView exemplars = new ExemplarsView();
    private final NumberValueView value = new NumberValueView(fields, 4);

    public NumberPointView() {
        super(7, 8);
    }

    /** Before the first exemplar; the same object at every call. */
    public ExemplarsView exemplars() {
        return exemplars.reset(fields, 5);
    }

    /** The same object at every call. */
    public NumberValueView value() {
        return value;
    }
}
