package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.view.ExemplarsView;
import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.prometheus.Exemplar;
import dev.sluice.prometheus.Labels;
import dev.sluice.prometheus.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The state of one series: what the last point said, or the sum of the deltas. */
abstract sealed class Series implements SeriesIndex.Entry
        permits NumberSeries, HistogramSeries, ExponentialSeries, SummarySeries {
    static final int DELTA = 1;

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
    private boolean fresh = true;
    private boolean removed;
    private long start;
    private long time;
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

    final boolean removed() {
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

    /**
     * Takes a point in. One that is older than what is known says nothing new and is passed over. A delta must begin where the last one
     * ended, or later, after a pause or a restart, which begins the sum anew; one that does not tell its start is taken to follow.
     */
    final @Nullable Drop update(PointView point, int temporality, long now) {
        boolean follows = false;
        if (!fresh && temporality == DELTA) {
            long begins = point.startTime();
            follows = begins == time || begins == 0;
            if (!follows && Long.compareUnsigned(begins, time) < 0) {
                return Drop.OVERLAP;
            }
        } else if (!fresh && Long.compareUnsigned(point.time(), time) < 0) {
            return null;
        }
        Drop drop = take(point, follows);
        if (drop == null) {
            start = follows ? start : point.startTime();
            time = point.time();
            fresh = false;
            updated = now;
            if (target != null) {
                target.touch(now);
            }
        }
        return drop;
    }

    /** Replaces the state by the point or adds the point to it. Changes nothing if it drops the point. */
    abstract @Nullable Drop take(PointView point, boolean add);

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
        long millis = timestamps ? time / NANOS_PER_MILLI : 0;
        long begun = created && start >= FIRST_SECOND ? start : 0;
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
        return new Exemplar(Labels.of(labels), view.value(), view.time());
    }
}
