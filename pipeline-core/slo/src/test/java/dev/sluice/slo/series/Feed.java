package dev.sluice.slo.series;

import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An intake loop in short: one sample a batch. */
final class Feed {
    private final SeriesStore store;
    private final Interests interests;
    private final Map<Labels, PointSeries> known = new HashMap<>();
    private final SampleBatchWriter writer = new SampleBatchWriter();
    private final PointSeries.Values values;
    long now = 1_000_000_000_000L;

    Feed(SeriesStore store, RuleSelectors selectors, PointSeries.Values values) {
        this.store = store;
        this.interests = new Interests(selectors);
        this.values = values;
    }

    /** False if no rule reads the series. */
    boolean sample(Labels labels, long time, long start, double value) {
        PointSeries point = known.computeIfAbsent(labels, this::point);
        if (point.size() > 0) {
            writer.point(point, time, start);
            writer.value(value);
        }
        send();
        return point.size() > 0;
    }

    void sample(Labels labels, long time, long start, NativeHistogram histogram) {
        writer.point(known.computeIfAbsent(labels, this::point), time, start);
        writer.value(histogram);
        send();
    }

    void exemplar(Labels labels, Exemplar exemplar) {
        writer.point(known.computeIfAbsent(labels, this::point), exemplar.time(), 0);
        writer.value(1);
        writer.exemplar(known.get(labels).series(0), exemplar);
        send();
    }

    void end(Labels labels, String varying, long time) {
        writer.end(labels, varying, time);
        send();
    }

    private void send() {
        SampleBatch batch = writer.take();
        if (batch != null) {
            store.accept(batch, now);
        }
    }

    private PointSeries point(Labels labels) {
        SeriesRef ref = interests.ref(labels);
        return new PointSeries(ref == null ? List.of() : List.of(ref), values);
    }
}
