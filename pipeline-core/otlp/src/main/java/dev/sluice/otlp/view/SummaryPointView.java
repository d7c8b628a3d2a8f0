package dev.sluice.otlp.view;

/** A data point of a summary. */
public final class SummaryPointView extends PointView {
    private final QuantilesView quantiles = new QuantilesView();

    public SummaryPointView() {
        super(7, 8);
    }

    public long count() {
        return fields.bits(4);
    }

    public double sum() {
        return fields.decimal(5);
    }

    /** Before the first quantile; the same object at every call. */
    public QuantilesView quantiles() {
        return quantiles.reset(fields, 6);
    }
}
