package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.NumberPointView;
import dev.sluice.prometheus.Drop;
import dev.sluice.prometheus.NumberState;
import dev.sluice.prometheus.SeriesState;
import java.util.Arrays;
import java.util.function.BiConsumer;

/** Writes the points of a gauge, a sum or {@code target_info} as the samples of one series. */
final class NumberWriter {
    private final RequestWriter writer;
    private final RequestList requests;
    private final BiConsumer<Series, Drop> drops;
    private final NumberPointView view = new NumberPointView();
    private final ExemplarWriter exemplars = new ExemplarWriter();
    /** By their bits, so that a staleness marker stays one. */
    private long[] values = new long[8];

    private long[] times = new long[8];
    private long[] starts = new long[8];
    private int samples;

    NumberWriter(RequestWriter writer, RequestList requests, BiConsumer<Series, Drop> drops) {
        this.writer = writer;
        this.requests = requests;
        this.drops = drops;
    }

    /** Whether any point was taken. */
    boolean write(Series series, PointList points) {
        samples = 0;
        int taken = 0;
        for (int point = series.first(); point != PointList.NONE; point = points.next(point)) {
            if (series.family().key().kind() == MetricView.Kind.EMPTY) {
                add(Double.doubleToRawLongBits(1), points.time(point), 0);
            } else if (take(series, points, point)) {
                taken++;
            }
        }
        if (samples == 0) {
            return false;
        }
        requests.open();
        put(series, points);
        if (requests.overflowed(false)) {
            put(series, points);
        }
        requests.add(taken);
        return true;
    }

    private boolean take(Series series, PointList points, int point) {
        view.reset(points.array(point), points.start(point), points.end(point));
        if (view.noRecordedValue()) {
            series.end();
            add(Staleness.BITS, view.time(), 0);
            return true;
        }
        if (points.temporality(point) == SeriesState.DELTA) {
            NumberState sum = (NumberState) series.sum();
            Drop drop = sum.update(view, SeriesState.DELTA);
            if (drop != null) {
                drops.accept(series, drop);
                return false;
            }
            add(Double.doubleToRawLongBits(sum.value()), view.time(), sum.start());
            return true;
        }
        add(
                Double.doubleToRawLongBits(view.value().either()),
                view.time(),
                series.family().counts() ? view.startTime() : 0);
        return true;
    }

    private void add(long value, long time, long start) {
        if (samples == values.length) {
            values = Arrays.copyOf(values, 2 * samples);
            times = Arrays.copyOf(times, 2 * samples);
            starts = Arrays.copyOf(starts, 2 * samples);
        }
        long millis = Times.millis(time);
        // Of two within one millisecond Prometheus takes only one: the later says more.
        int at = samples > 0 && times[samples - 1] == millis ? samples - 1 : samples++;
        values[at] = value;
        times[at] = millis;
        starts[at] = Times.start(start);
    }

    private void put(Series series, PointList points) {
        writer.open(series.key(), series.family().nameLabel(), LabelRun.EMPTY);
        for (int i = 0; i < samples; i++) {
            writer.sample(values[i], times[i], starts[i]);
        }
        if (series.family().key().kind() != MetricView.Kind.EMPTY) {
            for (int point = series.first(); point != PointList.NONE; point = points.next(point)) {
                if (series.first() != series.last()) {
                    view.reset(points.array(point), points.start(point), points.end(point));
                }
                exemplars.read(view.exemplars(), view.time());
                exemplars.write(writer, 0);
            }
        }
        writer.close(series.family());
    }
}
