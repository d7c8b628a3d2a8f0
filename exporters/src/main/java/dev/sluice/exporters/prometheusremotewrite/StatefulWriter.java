package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.otlp.view.PointView;
import dev.sluice.prometheus.Drop;
import dev.sluice.prometheus.SeriesState;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes points that are more than a sample, one unit a point. The series of several points come several times: a unit may end up in the
 * next request, which then has to wait for the one before.
 */
abstract sealed class StatefulWriter permits HistogramWriter, ExponentialWriter, SummaryWriter {
    private final RequestWriter writer;
    private final RequestList requests;
    private final BiConsumer<Series, Drop> drops;

    StatefulWriter(RequestWriter writer, RequestList requests, BiConsumer<Series, Drop> drops) {
        this.writer = writer;
        this.requests = requests;
        this.drops = drops;
    }

    /** Whether any point was taken. */
    final boolean write(Series series, PointList points) {
        boolean follows = false;
        int unwritten = 0;
        for (int point = series.first(); point != PointList.NONE; point = points.next(point)) {
            PointView view = view(points.array(point), points.start(point), points.end(point));
            boolean stale = view.noRecordedValue();
            SeriesState state = points.temporality(point) == SeriesState.DELTA
                    ? series.sum()
                    : series.family().scratch();
            Drop drop = stale ? null : take(series, state, view, points.temporality(point));
            if (stale) {
                series.end();
                recall(series, view);
            }
            if (drop != null) {
                drops.accept(series, drop);
                continue;
            }
            unwritten++;
            // Of two within one millisecond Prometheus takes only one: the later says more.
            int next = points.next(point);
            if (next != PointList.NONE && Times.millis(points.time(next)) == Times.millis(view.time())) {
                continue;
            }
            requests.open();
            put(series, stale ? null : state, view);
            if (requests.overflowed(follows)) {
                put(series, stale ? null : state, view);
            }
            requests.add(unwritten);
            unwritten = 0;
            follows = true;
        }
        return follows;
    }

    final RequestWriter writer() {
        return writer;
    }

    /** A series of one sample. */
    final void sample(Series series, LabelRun name, LabelRun extra, double value, long time, long start) {
        writer.open(series.key(), name, extra);
        writer.sample(Double.doubleToRawLongBits(value), time, start);
        writer.close(series.family());
    }

    /** A series that ends. */
    final void stale(Series series, LabelRun name, LabelRun extra, long time) {
        writer.open(series.key(), name, extra);
        writer.sample(Staleness.BITS, time, 0);
        writer.close(series.family());
    }

    /** Begins the series of a native histogram, for {@link RequestWriter#histogram}. */
    final void openNative(Series series) {
        writer.open(series.key(), series.family().nameLabel(), LabelRun.EMPTY);
    }

    /** Ends the series of a native histogram with those exemplars of its point that were read last, all of one bucket. */
    final void closeNative(Series series, ExemplarWriter exemplars) {
        if (exemplars.any()) {
            writer.part(series.key(), series.family().nameLabel());
            exemplars.write(writer, 0);
        }
        writer.close(series.family());
    }

    /** The series of a native histogram that ends. */
    final void staleNative(Series series, long time) {
        openNative(series);
        writer.staleHistogram(time);
        writer.close(series.family());
    }

    /** The view that fits the points, standing on the one in the range. */
    abstract PointView view(byte[] array, int start, int end);

    /** What is wrong with a state that took a point. */
    @Nullable
    Drop check(SeriesState state) {
        return null;
    }

    /** The state took a point of the series. */
    abstract void taken(Series series, SeriesState state);

    /** Writes the state after the point that the view stands on. */
    abstract void put(Series series, SeriesState state, long time, long start);

    /** Writes that the series has ended. */
    abstract void putStale(Series series, long time);

    private @Nullable Drop take(Series series, SeriesState state, PointView view, int temporality) {
        Drop drop = state.update(view, temporality);
        if (drop != null) {
            return drop;
        }
        Drop wrong = check(state);
        if (wrong != null) {
            series.end();
            return wrong;
        }
        taken(series, state);
        return null;
    }

    /** A series that ends without having been seen may still tell its bounds. */
    private void recall(Series series, PointView view) {
        Family family = series.family();
        if (series.steps().values().length == 0 && family.scratch().update(view, SeriesState.CUMULATIVE) == null) {
            taken(series, family.scratch());
        }
    }

    private void put(Series series, @Nullable SeriesState state, PointView view) {
        long time = Times.millis(view.time());
        if (state == null) {
            putStale(series, time);
        } else {
            put(series, state, time, Times.start(state.start()));
        }
    }
}
