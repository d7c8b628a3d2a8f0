package dev.sluice.otlp.view;

/** What the data points of histograms have, whatever their buckets are. */
public abstract sealed class AnyHistogramPointView extends PointView permits HistogramPointView, ExponentialPointView {
    private final ExemplarsView exemplars = new ExemplarsView();
    private final int exemplarsField;
    private final int minField;
    private final int maxField;

    AnyHistogramPointView(int attributesField, int exemplarsField, int minField, int maxField) {
        super(attributesField, 10);
        this.exemplarsField = exemplarsField;
        this.minField = minField;
        this.maxField = maxField;
    }

    /** Before the first exemplar; the same object at every call. */
    public final ExemplarsView exemplars() {
        return exemplars.reset(fields, exemplarsField);
    }

    public final long count() {
        return fields.bits(4);
    }

    public final boolean hasSum() {
        return fields.hasNumber(5);
    }

    public final double sum() {
        return fields.decimal(5);
    }

    public final boolean hasMin() {
        return fields.hasNumber(minField);
    }

    public final double min() {
        return fields.decimal(minField);
    }

    public final boolean hasMax() {
        return fields.hasNumber(maxField);
    }

    public final double max() {
        return fields.decimal(maxField);
    }
}
