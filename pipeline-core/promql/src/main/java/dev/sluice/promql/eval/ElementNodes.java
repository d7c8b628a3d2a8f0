package dev.sluice.promql.eval;

import dev.sluice.promql.eval.Nodes.ScalarNode;
import dev.sluice.promql.eval.Nodes.VectorNode;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.text.GoMath;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/** Nodes that turn each element of a vector into another. */
final class ElementNodes {
    private ElementNodes() {}

    /** Gives what an operator makes of each float; histograms go. */
    static VectorNode floats(VectorNode inner, DoubleUnaryOperator operator) {
        return new ElementNode(inner) {
            @Override
            void map(Vector in, int i, Run run) {
                if (in.histogram(i) == null) {
                    give(in, i, operator.applyAsDouble(in.value(i)), run);
                }
            }
        };
    }

    /** Gives a number for each histogram; floats go. */
    static VectorNode histograms(VectorNode inner, ToDoubleFunction<NativeHistogram> function) {
        return new ElementNode(inner) {
            @Override
            void map(Vector in, int i, Run run) {
                NativeHistogram histogram = in.histogram(i);
                if (histogram != null) {
                    give(in, i, function.applyAsDouble(histogram), run);
                }
            }
        };
    }

    /** Keeps each float between two numbers; with the greater first nothing is left. */
    static VectorNode clamp(VectorNode inner, ScalarNode least, ScalarNode greatest) {
        return new ElementNode(inner) {
            private double min;
            private double max;

            @Override
            void begin(long time, Run run) {
                min = least.scalar(time, run);
                max = greatest.scalar(time, run);
            }

            @Override
            void map(Vector in, int i, Run run) {
                if (in.histogram(i) == null && !(max < min)) {
                    give(in, i, GoMath.max(min, GoMath.min(max, in.value(i))), run);
                }
            }
        };
    }

    /** Rounds each float to the nearest multiple of a number, halves upwards. */
    static VectorNode round(VectorNode inner, ScalarNode multiple) {
        return new ElementNode(inner) {
            private double inverse;

            @Override
            void begin(long time, Run run) {
                // Multiplying by the inverse is more exact than dividing.
                inverse = 1.0 / multiple.scalar(time, run);
            }

            @Override
            void map(Vector in, int i, Run run) {
                if (in.histogram(i) == null) {
                    give(in, i, Math.floor(in.value(i) * inverse + 0.5) / inverse, run);
                }
            }
        };
    }

    /** The time of evaluation for each element, or that of its sample where a selector stands right inside. */
    static VectorNode timestamp(VectorNode inner) {
        return new ElementNode(inner) {
            private long now;

            @Override
            void begin(long time, Run run) {
                now = time;
            }

            @Override
            void map(Vector in, int i, Run run) {
                long time = inner instanceof SelectorNode selector ? selector.sampleTime(i) : now;
                give(in, i, time / 1000.0, run);
            }
        };
    }

    /** When the counter of each sample had started; nothing but for a selector, and where starts count. */
    static VectorNode startTimestamp(VectorNode inner) {
        return new ElementNode(inner) {
            @Override
            void map(Vector in, int i, Run run) {
                if (inner instanceof SelectorNode selector && run.options().startTimestamps()) {
                    give(in, i, selector.sampleStart(i) / 1000.0, run);
                }
            }
        };
    }

    /** Each element with the opposite sign. */
    static VectorNode negate(VectorNode inner) {
        return new ElementNode(inner) {
            @Override
            void map(Vector in, int i, Run run) {
                NativeHistogram histogram = in.histogram(i);
                if (histogram == null) {
                    give(in, i, -in.value(i), run);
                } else {
                    give(in, i, histogram.times(-1), run);
                }
            }
        };
    }
}
