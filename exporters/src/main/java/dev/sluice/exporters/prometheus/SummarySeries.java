package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.view.PointView;
import dev.sluice.prometheus.Labels;
import dev.sluice.prometheus.Sample;
import dev.sluice.prometheus.SummaryState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A summary as its sender made it. */
final class SummarySeries extends Series {
    private final SummaryState state = new SummaryState();

    SummarySeries(Family family, String metric, Labels labels, @Nullable Target target) {
        super(family, metric, labels, target);
    }

    @Override
    SummaryState state() {
        return state;
    }

    @Override
    void keepExemplars(PointView point) {}

    @Override
    Sample sample(boolean timestamps) {
        List<Sample.Quantile> quantiles = new ArrayList<>();
        for (int i = 0; i < state.quantiles().length; i++) {
            quantiles.add(new Sample.Quantile(state.quantiles()[i], state.value(i)));
        }
        quantiles.sort(Comparator.comparingDouble(Sample.Quantile::quantile));
        return new Sample.Summary(labels(), times(timestamps, true), state.count(), state.sum(), quantiles);
    }

    @Override
    int cost() {
        return super.cost() + 16 * state.quantiles().length;
    }
}
