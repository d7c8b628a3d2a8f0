package dev.sluice.otlp.view;

import dev.sluice.otlp.Wire;

/** The positive or the negative buckets of an exponential histogram. */
public final class BucketsView {
    private final FieldIndex fields = new FieldIndex();
    private final NumbersView counts = new NumbersView(Wire.VARINT);

    BucketsView reset(FieldIndex parent, int field) {
        fields.read(parent.array(), parent.from(field), parent.to(field));
        return this;
    }

    /** The index of the first bucket. */
    public int offset() {
        return fields.zigzag(1);
    }

    /** Before the first count; the same object at every call. */
    public NumbersView counts() {
        return counts.reset(fields, 2);
    }
}
