package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.view.NumberPointView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.prometheus.Exemplar;
import dev.sluice.prometheus.Labels;
import dev.sluice.prometheus.MetricType;
import dev.sluice.prometheus.NumberState;
import dev.sluice.prometheus.Sample;
import org.jspecify.annotations.Nullable;

/** A gauge or a sum. */
final class NumberSeries extends Series {
    private final boolean counter;
    private final NumberState state = new NumberState();
    private @Nullable Exemplar exemplar;

    NumberSeries(Family family, String metric, Labels labels, @Nullable Target target) {
        super(family, metric, labels, target);
        this.counter = family.header().type() == MetricType.COUNTER;
    }

    @Override
    NumberState state() {
        return state;
    }

    @Override
    void keepExemplars(PointView point) {
        exemplar = counter ? last(((NumberPointView) point).exemplars()) : null;
    }

    @Override
    Sample sample(boolean timestamps) {
        return new Sample.Value(labels(), times(timestamps, counter), state.value(), exemplar);
    }
}
