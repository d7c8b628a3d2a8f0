package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.view.ExemplarsView;
import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.prometheus.Drop;
import dev.sluice.prometheus.Exemplar;
import dev.sluice.prometheus.Labels;
import dev.sluice.prometheus.Sample;
import dev.sluice.prometheus.SeriesIndex;
import dev.sluice.prometheus.SeriesState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One series as scrapers see it. */
abstract sealed class Series implements SeriesIndex.Known
        permits NumberSeries, HistogramSeries, ExponentialSeries, SummarySeries {
    /** What a start before this must not be told as: senders that do not know it write 0. */
    private static final long FIRST_SECOND = 1_000_000_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Objects and map entries of a series, and of the value of a label; names are shared. 673 bytes were measured for 8 labels. */
    private static final int OVERHEAD = 300;

    private static final int LABEL_OVERHEAD = 40;

    private final Family family;
    private final String metric;
    private final Labels labels;
    private final @Nullable Target target;
    private boolean removed;
    private long updated;
    private int kept;

    /** {@code metric} is the name in OTLP: two of them may come to the same name in Prometheus. */
    Series(Family family, String metric, Labels labels, @Nullable Target target) {
        this.family = family;
        this.metric = metric;
        this.labels = labels;
        this.target = target;
    }

    static Series of(MetricView metric, Family family, Labels labels, @Nullable Target target) {
        return switch (metric.kind()) {
            case EMPTY, GAUGE, SUM -> new NumberSeries(family, metric.name(), labels, target);
            case HISTOGRAM -> new HistogramSeries(family, metric.name(), labels, target);
            case EXPONENTIAL_HISTOGRAM -> new ExponentialSeries(family, metric.name(), labels, target);
            case SUMMARY -> new SummarySeries(family, metric.name(), labels, target);
        };
    }

    final Family family() {
        return family;
    }

    final String metric() {
        return metric;
    }

    final Labels labels() {
        return labels;
    }

    @Override
    public final boolean removed() {
        return removed;
    }

    final void remove() {
        removed = true;
    }

    /** The bytes it was charged for. */
    final int kept() {
        return kept;
    }

    final void keep(int bytes) {
        kept = bytes;
    }

    /** When a point was last taken, by the monotonic clock. */
    final long updated() {
        return updated;
    }

    /** Takes a point in. One that is older than what is known says nothing new and is passed over. */
    final @Nullable Drop update(PointView point, int temporality, long now) {
        if (state().isAheadOf(point, temporality)) {
            return null;
        }
        Drop drop = state().update(point, temporality);
        if (drop == null) {
            keepExemplars(point);
            updated = now;
            if (target != null) {
                target.touch(now);
            }
        }
        return drop;
    }

    /** What the points said, or their sum. */
    abstract SeriesState state();

    /** Takes over the exemplars of a point that was taken in. */
    abstract void keepExemplars(PointView point);

    /** What a scraper is told. */
    abstract Sample sample(boolean timestamps);

    /** About how many bytes it keeps, labels included. */
    int cost() {
        int text = 0;
        for (int i = 0; i < labels.size(); i++) {
            text += labels.value(i).length();
        }
        return OVERHEAD + LABEL_OVERHEAD * labels.size() + text;
    }

    final Sample.Times times(boolean timestamps, boolean created) {
        long millis = timestamps ? state().time() / NANOS_PER_MILLI : 0;
        long begun = created && state().start() >= FIRST_SECOND ? state().start() : 0;
        return millis == 0 && begun == 0 ? Sample.Times.NONE : new Sample.Times(millis, begun);
    }

    static @Nullable Exemplar last(ExemplarsView view) {
        Exemplar last = null;
        while (view.next()) {
            last = exemplar(view);
        }
        return last;
    }

    static List<Exemplar> all(ExemplarsView view) {
        if (!view.next()) {
            return List.of();
        }
        List<Exemplar> all = new ArrayList<>();
        do {
            all.add(exemplar(view));
        } while (view.next());
        return all;
    }

    private static Exemplar exemplar(ExemplarsView view) {
        Map<String, String> labels = new TreeMap<>();
        if ((view.traceIdHigh() | view.traceIdLow()) != 0) {
            labels.put("trace_id", view.traceId());
        }
        if (view.spanIdBits() != 0) {
            labels.put("span_id", view.spanId());
        }
        return new Exemplar(Labels.of(labels), view.value().either(), view.time());
    }
}
