package dev.sluice.promql.eval;

import dev.sluice.promql.histogram.HistogramSum;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.syntax.AggregateOp;
import dev.sluice.promql.syntax.Span;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Aggregates the elements of one group; used again for every evaluation. Source: prometheus promql/engine.go, aggregation. */
abstract sealed class Accumulator {
    /** Whether there was an element that counts. */
    boolean seen;
    /** Whether the name of any element is to go. */
    boolean nameDropped;

    static Accumulator of(AggregateOp op) {
        return switch (op) {
            case SUM -> new Sum(false);
            case AVG -> new Sum(true);
            case COUNT -> new Count(false);
            case GROUP -> new Count(true);
            case MIN -> new Extreme(false);
            case MAX -> new Extreme(true);
            case STDDEV -> new Variance(true);
            case STDVAR -> new Variance(false);
            case QUANTILE -> new Values();
            case TOPK, BOTTOMK, COUNT_VALUES, LIMITK, LIMIT_RATIO ->
                throw new IllegalArgumentException(op.text() + " does not make one element of a group");
        };
    }

    void reset() {
        seen = false;
        nameDropped = false;
    }

    /** @param span where what is aggregated stands in the query */
    abstract void add(double value, @Nullable NativeHistogram histogram, Labels labels, Run run, Span span);

    /** Gives the result, if there is one, to the vector. */
    abstract void give(Labels labels, double parameter, Vector out, Run run, Span span);

    /** Sum or mean; not of floats and histograms together. */
    private static final class Sum extends Accumulator {
        private final boolean mean;
        private double sum;
        private double compensation;
        private @Nullable Mean means;
        private boolean floats;
        private boolean histograms;
        private boolean incompatible;
        private @Nullable HistogramSum histogramSum;

        Sum(boolean mean) {
            this.mean = mean;
        }

        @Override
        void reset() {
            super.reset();
            floats = false;
            histograms = false;
            incompatible = false;
            histogramSum = null;
            means = null;
            compensation = 0;
        }

        @Override
        void add(double value, @Nullable NativeHistogram histogram, Labels labels, Run run, Span span) {
            if (incompatible) {
                return;
            }
            if (histogram != null) {
                addHistogram(histogram, labels, run, span);
            } else if (mean) {
                if (means == null) {
                    means = new Mean(value);
                } else {
                    means.add(value);
                }
                floats = true;
            } else if (floats) {
                double total = sum + value;
                compensation = Kahan.compensation(sum, value, total, compensation);
                sum = total;
            } else {
                floats = true;
                sum = value;
            }
            seen = true;
        }

        private void addHistogram(NativeHistogram histogram, Labels labels, Run run, Span span) {
            histograms = true;
            HistogramSum running = histogramSum;
            if (running == null) {
                histogramSum = new HistogramSum(histogram);
            } else if (!floats && !(mean ? running.addToMean(histogram) : running.add(histogram))) {
                run.note(Notes.mixedExponentialCustom(labels.metricName(), span));
                incompatible = true;
            }
        }

        @Override
        void give(Labels labels, double parameter, Vector out, Run run, Span span) {
            if (floats && histograms) {
                run.note(Notes.mixedFloatsHistogramsAggregation(span));
                return;
            }
            HistogramSum running = histogramSum;
            if (running == null) {
                out.add(labels, means == null ? sum + compensation : means.value(), nameDropped);
                return;
            }
            if (running.reconciled()) {
                run.note(Notes.mismatchedBounds("aggregation", span));
            }
            if (incompatible) {
                return;
            }
            if (running.collided()) {
                run.note(Notes.counterResetCollision("aggregation", span));
            }
            out.add(labels, 0, (mean ? running.mean() : running.sum()).compact(), nameDropped);
        }
    }

    /** How many there are, or 1 for any. */
    private static final class Count extends Accumulator {
        private final boolean any;
        private int count;

        Count(boolean any) {
            this.any = any;
        }

        @Override
        void reset() {
            super.reset();
            count = 0;
        }

        @Override
        void add(double value, @Nullable NativeHistogram histogram, Labels labels, Run run, Span span) {
            seen = true;
            count++;
        }

        @Override
        void give(Labels labels, double parameter, Vector out, Run run, Span span) {
            out.add(labels, any ? 1 : count, nameDropped);
        }
    }

    /** The least or the greatest float; NaN only where there is nothing else. */
    private static final class Extreme extends Accumulator {
        private final boolean max;
        private double best;

        Extreme(boolean max) {
            this.max = max;
        }

        @Override
        void add(double value, @Nullable NativeHistogram histogram, Labels labels, Run run, Span span) {
            if (histogram != null) {
                run.note(Notes.histogramIgnored(max ? "max" : "min", span));
            } else if (!seen || Double.isNaN(best) || (max ? value > best : value < best)) {
                best = value;
                seen = true;
            }
        }

        @Override
        void give(Labels labels, double parameter, Vector out, Run run, Span span) {
            out.add(labels, best, nameDropped);
        }
    }

    /** Welford's algorithm. */
    private static final class Variance extends Accumulator {
        private final boolean deviation;
        private double count;
        private double mean;
        private double squares;

        Variance(boolean deviation) {
            this.deviation = deviation;
        }

        @Override
        void add(double value, @Nullable NativeHistogram histogram, Labels labels, Run run, Span span) {
            if (histogram != null) {
                run.note(Notes.histogramIgnored(deviation ? "stddev" : "stdvar", span));
            } else if (!seen) {
                seen = true;
                count = 1;
                mean = value;
                squares = Double.isFinite(value) ? 0 : Double.NaN;
            } else {
                count++;
                double delta = value - mean;
                mean += delta / count;
                squares += delta * (value - mean);
            }
        }

        @Override
        void give(Labels labels, double parameter, Vector out, Run run, Span span) {
            double variance = squares / count;
            out.add(labels, deviation ? Math.sqrt(variance) : variance, nameDropped);
        }
    }

    /** All floats, for a quantile. */
    private static final class Values extends Accumulator {
        private double[] values = new double[8];
        private int size;

        @Override
        void reset() {
            super.reset();
            size = 0;
        }

        @Override
        void add(double value, @Nullable NativeHistogram histogram, Labels labels, Run run, Span span) {
            if (histogram != null) {
                run.note(Notes.histogramIgnored("quantile", span));
                return;
            }
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
            seen = true;
        }

        @Override
        void give(Labels labels, double parameter, Vector out, Run run, Span span) {
            out.add(labels, Quantile.of(parameter, values, size), nameDropped);
        }
    }
}
