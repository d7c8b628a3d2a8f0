package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.view.ExponentialPointView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.prometheus.Exemplar;
import dev.sluice.prometheus.ExponentialState;
import dev.sluice.prometheus.Labels;
import dev.sluice.prometheus.Sample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exponential histogram, shown as a native one. */
final class ExponentialSeries extends Series {
    private final ExponentialState state = new ExponentialState();
    private List<Exemplar> exemplars = List.of();

    ExponentialSeries(Family family, String metric, Labels labels, @Nullable Target target) {
        super(family, metric, labels, target);
    }

    @Override
    ExponentialState state() {
        return state;
    }

    @Override
    void keepExemplars(PointView point) {
        exemplars = all(((ExponentialPointView) point).exemplars());
    }

    @Override
    Sample sample(boolean timestamps) {
        return new Sample.NativeHistogram(
                labels(),
                times(timestamps, true),
                state.count(),
                state.hasSum() ? state.sum() : null,
                state.schema(),
                state.zeroThreshold(),
                state.zeroCount(),
                state.positive(),
                state.negative(),
                exemplars);
    }

    @Override
    int cost() {
        return super.cost() + 8 * state.buckets();
    }
}
