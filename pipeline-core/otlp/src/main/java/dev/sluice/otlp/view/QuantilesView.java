package dev.sluice.otlp.view;

/** The quantiles of a summary's data point. */
public final class QuantilesView extends MessageView {
    private final Repeated messages = new Repeated();

    QuantilesView reset(FieldIndex parent, int field) {
        messages.reset(parent, field);
        return this;
    }

    public boolean next() {
        return advance(messages);
    }

    /** 0 to 1. */
    public double quantile() {
        return fields.decimal(1);
    }

    public double value() {
        return fields.decimal(2);
    }
}
