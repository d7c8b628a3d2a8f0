package dev.sluice.prometheus;

import dev.sluice.otlp.view.PointView;
import dev.sluice.otlp.view.QuantilesView;
import dev.sluice.otlp.view.SummaryPointView;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A summary as its sender made it. A point with the quantiles of the one before makes no objects. */
public final class SummaryState extends SeriesState {
    private static final double[] NONE = {};

    private long count;
    private double sum;
    private double[] quantiles = NONE;
    private double[] values = NONE;

    public long count() {
        return count;
    }

    public double sum() {
        return sum;
    }

    /** As the sender orders them. The same array as long as they do not change; read only. */
    public double[] quantiles() {
        return quantiles;
    }

    /** Of quantile {@code i}. */
    public double value(int i) {
        return values[i];
    }

    @Override
    @Nullable
    Drop take(PointView point, boolean add) {
        SummaryPointView summary = (SummaryPointView) point;
        count = summary.count();
        sum = summary.sum();
        QuantilesView given = summary.quantiles();
        boolean same = true;
        int size = 0;
        while (given.next()) {
            if (size == values.length) {
                values = Arrays.copyOf(values, Math.max(8, 2 * size));
            }
            values[size] = given.value();
            same &= size < quantiles.length && quantiles[size] == given.quantile();
            size++;
        }
        if (!same || size != quantiles.length) {
            quantiles = new double[size];
            QuantilesView again = summary.quantiles();
            for (int i = 0; again.next(); i++) {
                quantiles[i] = again.quantile();
            }
        }
        return null;
    }
}
