package dev.sluice.promql.eval;

import dev.sluice.gotext.GoFloat;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An instant vector: one sample a series, in columns. The order has a meaning after {@code sort}, {@code topk} and their like. */
public final class Vector {
    private static final int FIRST_CAPACITY = 16;

    private int size;
    private Labels[] labels = new Labels[FIRST_CAPACITY];
    private double[] values = new double[FIRST_CAPACITY];
    private @Nullable NativeHistogram @Nullable [] histograms;
    /** Whether the metric's name goes from the final result. */
    private boolean[] nameDropped = new boolean[FIRST_CAPACITY];

    Vector() {}

    public int size() {
        return size;
    }

    public Labels labels(int i) {
        return labels[i];
    }

    /** The float; of no meaning where there is a {@link #histogram}. */
    public double value(int i) {
        return values[i];
    }

    public @Nullable NativeHistogram histogram(int i) {
        return histograms == null ? null : histograms[i];
    }

    boolean nameDropped(int i) {
        return nameDropped[i];
    }

    Vector clear() {
        if (histograms != null) {
            Arrays.fill(histograms, 0, size, null);
        }
        size = 0;
        return this;
    }

    void add(Labels series, double value, boolean dropName) {
        if (size == values.length) {
            grow();
        }
        labels[size] = series;
        values[size] = value;
        nameDropped[size++] = dropName;
    }

    void add(Labels series, double value, @Nullable NativeHistogram histogram, boolean dropName) {
        add(series, value, dropName);
        if (histogram != null) {
            @Nullable NativeHistogram[] column = histograms;
            if (column == null) {
                column = new NativeHistogram[values.length];
                histograms = column;
            }
            column[size - 1] = histogram;
        }
    }

    void add(Vector other, int i) {
        add(other.labels[i], other.values[i], other.histogram(i), other.nameDropped[i]);
    }

    void set(int i, double value) {
        values[i] = value;
    }

    void relabel(int i, Labels changed, boolean dropName) {
        labels[i] = changed;
        nameDropped[i] = dropName;
    }

    boolean hasHistograms() {
        if (histograms != null) {
            for (int i = 0; i < size; i++) {
                if (histograms[i] != null) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The column of labels; may be longer than the vector. */
    Labels[] labels() {
        return labels;
    }

    private void grow() {
        int capacity = 2 * values.length;
        labels = Arrays.copyOf(labels, capacity);
        values = Arrays.copyOf(values, capacity);
        nameDropped = Arrays.copyOf(nameDropped, capacity);
        if (histograms != null) {
            histograms = Arrays.copyOf(histograms, capacity);
        }
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < size; i++) {
            NativeHistogram h = histogram(i);
            out.append(labels[i])
                    .append(" => ")
                    .append(h == null ? GoFloat.plain(values[i]) : h.toString())
                    .append('\n');
        }
        return out.toString();
    }
}
