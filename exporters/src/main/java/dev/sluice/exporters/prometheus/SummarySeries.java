package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.view.PointView;
import dev.sluice.otlp.view.QuantilesView;
import dev.sluice.otlp.view.SummaryPointView;
import dev.sluice.prometheus.Labels;
import dev.sluice.prometheus.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A summary as its sender made it. */
final class SummarySeries extends Series {
    private long count;
    private double sum;
    private List<Sample.Quantile> quantiles = List.of();

    SummarySeries(Family family, String metric, Labels labels, @Nullable Target target) {
        super(family, metric, labels, target);
    }

    @Override
    @Nullable
    Drop take(PointView point, boolean add) {
        SummaryPointView summary = (SummaryPointView) point;
        count = summary.count();
        sum = summary.sum();
        quantiles = new ArrayList<>();
        QuantilesView view = summary.quantiles();
        while (view.next()) {
            quantiles.add(new Sample.Quantile(view.quantile(), view.value()));
        }
        quantiles.sort(Comparator.comparingDouble(Sample.Quantile::quantile));
        return null;
    }

    @Override
    Sample sample(boolean timestamps) {
        return new Sample.Summary(labels(), times(timestamps, true), count, sum, quantiles);
    }

    @Override
    int cost() {
        return super.cost() + 40 * quantiles.size();
    }
}
