package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.otlp.view.ExemplarsView;
import dev.sluice.otlp.view.HistogramPointView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.prometheus.Drop;
import dev.sluice.prometheus.HistogramState;
import dev.sluice.prometheus.Numbers;
import dev.sluice.prometheus.SeriesState;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes points of histograms with explicit bounds as the series {@code _sum}, {@code _count} and {@code _bucket}, as a native histogram with
 * custom bounds, or as both.
 */
final class HistogramWriter extends StatefulWriter {
    private final boolean classic;
    private final boolean custom;
    private final HistogramPointView view = new HistogramPointView();
    private final ExemplarWriter exemplars = new ExemplarWriter();
    private final ToIntFunction<ExemplarsView> bucketOf = this::bucket;
    /** Of the point at hand. */
    private HistogramState current = new HistogramState();
    /** Of the point that was checked last, which is the one at hand; null where none are written. */
    private @Nullable CustomBuckets buckets;

    HistogramWriter(
            RequestWriter writer,
            RequestList requests,
            BiConsumer<Series, Drop> drops,
            boolean classic,
            boolean custom) {
        super(writer, requests, drops);
        this.classic = classic;
        this.custom = custom;
    }

    @Override
    PointView view(byte[] array, int start, int end) {
        view.reset(array, start, end);
        return view;
    }

    @Override
    @Nullable
    Drop check(SeriesState state) {
        buckets = custom ? CustomBuckets.of((HistogramState) state) : null;
        return custom && buckets == null ? Drop.MALFORMED : null;
    }

    @Override
    void taken(Series series, SeriesState state) {
        HistogramState histogram = (HistogramState) state;
        series.steps(series.family().steps(histogram.bounds(), series.steps()));
        series.hasSum(histogram.hasSum());
    }

    @Override
    void put(Series series, SeriesState state, long time, long start) {
        current = (HistogramState) state;
        if (buckets != null) {
            putCustom(series, buckets, time, start);
        }
        if (classic) {
            putClassic(series, time, start);
        }
    }

    @Override
    void putStale(Series series, long time) {
        Family family = series.family();
        if (custom) {
            staleNative(series, time);
        }
        if (classic) {
            if (series.hasSum()) {
                stale(series, family.sumLabel(), LabelRun.EMPTY, time);
            }
            stale(series, family.countLabel(), LabelRun.EMPTY, time);
            for (LabelRun le : series.steps().labels()) {
                stale(series, family.bucketLabel(), le, time);
            }
        }
    }

    private void putCustom(Series series, CustomBuckets checked, long time, long start) {
        openNative(series);
        writer().histogram(current, checked, time, start);
        exemplars.read(view.exemplars(), view.time());
        closeNative(series, exemplars);
    }

    private void putClassic(Series series, long time, long start) {
        Family family = series.family();
        if (current.hasSum()) {
            sample(series, family.sumLabel(), LabelRun.EMPTY, current.sum(), time, start);
        }
        sample(series, family.countLabel(), LabelRun.EMPTY, Numbers.toDouble(current.count()), time, start);
        exemplars.read(view.exemplars(), view.time(), bucketOf);
        Steps steps = series.steps();
        int finite = current.finiteBounds();
        long cumulative = 0;
        for (int i = 0; i <= finite; i++) {
            cumulative = i < finite ? cumulative + current.count(i) : current.count();
            LabelRun le = i < finite ? steps.labels().get(i) : steps.labels().getLast();
            writer().open(series.key(), family.bucketLabel(), le);
            writer().sample(Double.doubleToRawLongBits(Numbers.toDouble(cumulative)), time, start);
            exemplars.write(writer(), i);
            writer().close(family);
        }
    }

    private int bucket(ExemplarsView exemplar) {
        return Math.min(current.bucket(exemplar.value().either()), current.finiteBounds());
    }
}
