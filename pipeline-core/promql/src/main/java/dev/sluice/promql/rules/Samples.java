package dev.sluice.promql.rules;

import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a rule has to write; used again for each evaluation, so it is to be read before the next. */
public final class Samples {
    private static final int FIRST_CAPACITY = 8;

    private @Nullable Labels[] labels = new Labels[FIRST_CAPACITY];
    private double[] values = new double[FIRST_CAPACITY];
    private @Nullable NativeHistogram[] histograms = new NativeHistogram[FIRST_CAPACITY];
    private int size;

    void clear() {
        Arrays.fill(labels, 0, size, null);
        Arrays.fill(histograms, 0, size, null);
        size = 0;
    }

    void add(Labels series, double value, @Nullable NativeHistogram histogram) {
        if (size == values.length) {
            labels = Arrays.copyOf(labels, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            histograms = Arrays.copyOf(histograms, 2 * size);
        }
        labels[size] = series;
        values[size] = value;
        histograms[size] = histogram;
        size++;
    }

    public int size() {
        return size;
    }

    public Labels labels(int index) {
        Labels found = labels[index];
        if (found == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return found;
    }

    public double value(int index) {
        return values[index];
    }

    public @Nullable NativeHistogram histogram(int index) {
        return histograms[index];
    }
}
