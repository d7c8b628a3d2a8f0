package dev.sluice.prometheus;

import dev.sluice.otlp.view.NumberPointView;
import dev.sluice.otlp.view.NumberValueView;
import dev.sluice.otlp.view.PointView;
import org.jspecify.annotations.Nullable;

/** A gauge or a sum. Integers are added as integers, so that a large count stays exact until it is shown. */
public final class NumberState extends SeriesState {
    private boolean integer;
    private long integral;
    private double decimal;

    public double value() {
        return integer ? (double) integral : decimal;
    }

    @Override
    @Nullable
    Drop take(PointView point, boolean add) {
        NumberValueView number = ((NumberPointView) point).value();
        if (add && integer != number.isInteger()) {
            decimal = value() + number.either();
            integer = false;
        } else {
            integer = number.isInteger();
            integral = (add ? integral : 0) + number.integer();
            decimal = (add ? decimal : 0) + number.decimal();
        }
        return null;
    }
}
