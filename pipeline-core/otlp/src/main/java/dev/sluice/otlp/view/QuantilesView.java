package dev.sluice.otlp.view;

/** The quantiles of a summary's data point. */
public final class QuantilesView {
    private final Repeated messages = new Repeated();
    private final FieldIndex fields = new FieldIndex();

    QuantilesView reset(FieldIndex parent, int field) {
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

    /** 0 to 1. */
    public double quantile() {
        return fields.decimal(1);
    }

    public double value() {
        return fields.decimal(2);
    }
}
