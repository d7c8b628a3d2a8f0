package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.view.NumberPointView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.prometheus.Exemplar;
import dev.sluice.prometheus.Labels;
import dev.sluice.prometheus.MetricType;
import dev.sluice.prometheus.Sample;
import org.jspecify.annotations.Nullable;

/** A gauge or a sum. Integers are added as integers, so that a large count stays exact until it is shown. */
final class NumberSeries extends Series {
    private final boolean counter;
    private boolean integer;
    private long integral;
    private double decimal;
    private @Nullable Exemplar exemplar;

    NumberSeries(Family family, String metric, Labels labels, @Nullable Target target) {
        super(family, metric, labels, target);
        this.counter = family.header().type() == MetricType.COUNTER;
    }

    @Override
    @Nullable
    Drop take(PointView point, boolean add) {
        NumberPointView number = (NumberPointView) point;
        if (add && integer != number.isInteger()) {
            decimal = value() + number.value();
            integer = false;
        } else {
            integer = number.isInteger();
            integral = (add ? integral : 0) + number.integer();
            decimal = (add ? decimal : 0) + number.decimal();
        }
        exemplar = counter ? last(number.exemplars()) : null;
        return null;
    }

    @Override
    Sample sample(boolean timestamps) {
        return new Sample.Value(labels(), times(timestamps, counter), value(), exemplar);
    }

    private double value() {
        return integer ? (double) integral : decimal;
    }
}
