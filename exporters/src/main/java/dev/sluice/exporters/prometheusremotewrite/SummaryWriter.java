package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.otlp.view.PointView;
import dev.sluice.otlp.view.SummaryPointView;
import dev.sluice.prometheus.Drop;
import dev.sluice.prometheus.Numbers;
import dev.sluice.prometheus.SeriesState;
import dev.sluice.prometheus.SummaryState;
import java.util.function.BiConsumer;

/** Writes points of summaries as the series {@code _sum}, {@code _count} and one for each quantile. */
final class SummaryWriter extends StatefulWriter {
    private final SummaryPointView view = new SummaryPointView();

    SummaryWriter(RequestWriter writer, RequestList requests, BiConsumer<Series, Drop> drops) {
        super(writer, requests, drops);
    }

    @Override
    PointView view(byte[] array, int start, int end) {
        view.reset(array, start, end);
        return view;
    }

    @Override
    void taken(Series series, SeriesState state) {
        series.steps(series.family().steps(((SummaryState) state).quantiles(), series.steps()));
    }

    @Override
    void put(Series series, SeriesState state, long time, long start) {
        SummaryState summary = (SummaryState) state;
        Family family = series.family();
        sample(series, family.sumLabel(), LabelRun.EMPTY, summary.sum(), time, start);
        sample(series, family.countLabel(), LabelRun.EMPTY, Numbers.toDouble(summary.count()), time, start);
        for (int i = 0; i < summary.quantiles().length; i++) {
            sample(series, family.nameLabel(), series.steps().labels().get(i), summary.value(i), time, 0);
        }
    }

    @Override
    void putStale(Series series, long time) {
        Family family = series.family();
        stale(series, family.sumLabel(), LabelRun.EMPTY, time);
        stale(series, family.countLabel(), LabelRun.EMPTY, time);
        for (LabelRun quantile : series.steps().labels()) {
            stale(series, family.nameLabel(), quantile, time);
        }
    }
}
