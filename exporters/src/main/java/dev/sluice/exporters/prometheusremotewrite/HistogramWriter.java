package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.otlp.view.ExemplarsView;
import dev.sluice.otlp.view.HistogramPointView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.prometheus.Drop;
import dev.sluice.prometheus.HistogramState;
import dev.sluice.prometheus.Numbers;
import dev.sluice.prometheus.SeriesState;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;

/** Writes points of histograms with explicit bounds as the series {@code _sum}, {@code _count} and {@code _bucket}. */
final class HistogramWriter extends StatefulWriter {
    private final HistogramPointView view = new HistogramPointView();
    private final ExemplarWriter exemplars = new ExemplarWriter(view::exemplars);
    private final ToIntFunction<ExemplarsView> bucketOf = this::bucket;
    /** Exemplars by bucket. */
    private int[] perBucket = new int[16];
    /** Of the point at hand: its state, and the bucket to infinity. */
    private HistogramState current = new HistogramState();

    private int beyond;

    HistogramWriter(RequestWriter writer, RequestList requests, BiConsumer<Series, Drop> drops) {
        super(writer, requests, drops);
    }

    @Override
    PointView view(byte[] array, int start, int end) {
        view.reset(array, start, end);
        return view;
    }

    @Override
    void taken(Series series, SeriesState state) {
        HistogramState histogram = (HistogramState) state;
        series.steps(series.family().steps(histogram.bounds(), series.steps()));
        series.hasSum(histogram.hasSum());
    }

    @Override
    void put(Series series, SeriesState state, long time, long start) {
        HistogramState histogram = (HistogramState) state;
        Family family = series.family();
        if (histogram.hasSum()) {
            sample(series, family.sumLabel(), LabelRun.EMPTY, histogram.sum(), time, start);
        }
        sample(series, family.countLabel(), LabelRun.EMPTY, Numbers.toDouble(histogram.count()), time, start);
        Steps steps = series.steps();
        int finite = steps.values().length;
        if (finite > 0 && steps.values()[finite - 1] == Double.POSITIVE_INFINITY) {
            finite--;
        }
        current = histogram;
        beyond = finite;
        boolean any = countExemplars();
        long cumulative = 0;
        for (int i = 0; i <= finite; i++) {
            cumulative = i < finite ? cumulative + histogram.count(i) : histogram.count();
            LabelRun le = i < finite ? steps.labels().get(i) : steps.labels().getLast();
            writer().open(series.key(), family.bucketLabel(), le);
            writer().sample(Double.doubleToRawLongBits(Numbers.toDouble(cumulative)), time, start);
            if (any && perBucket[i] > 0) {
                exemplars.write(writer(), bucketOf, i);
            }
            writer().close(family);
        }
    }

    @Override
    void putStale(Series series, long time) {
        Family family = series.family();
        if (series.hasSum()) {
            stale(series, family.sumLabel(), LabelRun.EMPTY, time);
        }
        stale(series, family.countLabel(), LabelRun.EMPTY, time);
        for (LabelRun le : series.steps().labels()) {
            stale(series, family.bucketLabel(), le, time);
        }
    }

    private boolean countExemplars() {
        ExemplarsView exemplar = view.exemplars();
        if (!exemplar.next()) {
            return false;
        }
        if (perBucket.length <= beyond) {
            perBucket = new int[beyond + 1];
        }
        Arrays.fill(perBucket, 0, beyond + 1, 0);
        do {
            perBucket[bucket(exemplar)]++;
        } while (exemplar.next());
        return true;
    }

    private int bucket(ExemplarsView exemplar) {
        return Math.min(current.bucket(exemplar.value().either()), beyond);
    }
}
