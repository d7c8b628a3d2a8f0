package dev.sluice.slo.series;

import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the samples of a request. For one thread. */
public final class SampleBatchWriter {
    private PointSeries[] points = new PointSeries[64];
    private long[] times = new long[64];
    private long[] starts = new long[64];
    private int pointCount;
    private double[] values = new double[256];
    private @Nullable NativeHistogram @Nullable [] histograms;
    private int valueCount;
    private final List<SampleBatch.Exemplified> exemplars = new ArrayList<>();
    private final List<SampleBatch.Ended> ended = new ArrayList<>();

    /**
     * A point; as many values follow as it has series.
     *
     * @param time milliseconds since 1970
     * @param start when it began to count, in milliseconds since 1970; 0 where unknown
     */
    public void point(PointSeries series, long time, long start) {
        if (pointCount == points.length) {
            points = Arrays.copyOf(points, 2 * pointCount);
            times = Arrays.copyOf(times, 2 * pointCount);
            starts = Arrays.copyOf(starts, 2 * pointCount);
        }
        points[pointCount] = series;
        times[pointCount] = time;
        starts[pointCount++] = start;
    }

    public void value(double value) {
        if (valueCount == values.length) {
            values = Arrays.copyOf(values, 2 * valueCount);
            histograms = histograms == null ? null : Arrays.copyOf(histograms, 2 * valueCount);
        }
        values[valueCount++] = value;
    }

    public void value(NativeHistogram histogram) {
        value(histogram.sum());
        if (histograms == null) {
            histograms = new NativeHistogram[values.length];
        }
        histograms[valueCount - 1] = histogram;
    }

    public void exemplar(SeriesRef series, Exemplar exemplar) {
        exemplars.add(new SampleBatch.Exemplified(series, exemplar));
    }

    /** The series that have these labels and one more, whatever its value, have ended. */
    public void end(Labels labels, String varying, long time) {
        ended.add(new SampleBatch.Ended(labels, varying, time));
    }

    /** What was collected since the last time, or {@code null} if that is nothing. */
    public @Nullable SampleBatch take() {
        if (pointCount == 0 && ended.isEmpty()) {
            return null;
        }
        SampleBatch batch = new SampleBatch(
                Arrays.copyOf(points, pointCount),
                Arrays.copyOf(times, pointCount),
                Arrays.copyOf(starts, pointCount),
                Arrays.copyOf(values, valueCount),
                histograms == null ? null : Arrays.copyOf(histograms, valueCount),
                List.copyOf(exemplars),
                List.copyOf(ended));
        // Series are not to be kept from being forgotten by a batch of long ago.
        Arrays.fill(points, 0, pointCount, null);
        pointCount = 0;
        valueCount = 0;
        histograms = null;
        exemplars.clear();
        ended.clear();
        return batch;
    }
}
