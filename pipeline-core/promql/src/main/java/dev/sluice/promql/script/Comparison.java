package dev.sluice.promql.script;

import dev.sluice.gotext.GoFloat;
import dev.sluice.promql.eval.QueryValue;
import dev.sluice.promql.eval.QueryValue.MatrixValue;
import dev.sluice.promql.eval.QueryValue.ScalarValue;
import dev.sluice.promql.eval.QueryValue.StringValue;
import dev.sluice.promql.eval.QueryValue.VectorValue;
import dev.sluice.promql.eval.Vector;
import dev.sluice.promql.histogram.Buckets;
import dev.sluice.promql.histogram.HistogramText;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.script.Expectation.Kind;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares results with what a script expects; each method gives what differs, or {@code null}. Numbers may differ by a millionth. */
final class Comparison {
    private static final double TOLERANCE = 1e-6;

    private Comparison() {}

    static @Nullable String of(EvalCommand command, QueryValue value) {
        return switch (value) {
            case MatrixValue m -> matrix(command, m.series());
            case VectorValue v -> vector(command, v.vector());
            case ScalarValue s -> scalar(command, s.value());
            case StringValue s ->
                s.value().equals(command.expectedString())
                        ? null
                        : "expected string \"" + command.expectedString() + "\" but got \"" + s.value() + "\"";
        };
    }

    static @Nullable String scalar(EvalCommand command, double value) {
        Double expected = command.expectedScalar();
        if (expected == null) {
            return "expected vector or matrix result, but got scalar " + GoFloat.g(value);
        }
        return equal(expected, value)
                ? null
                : "expected scalar " + GoFloat.g(expected) + " but got " + GoFloat.g(value);
    }

    private static @Nullable String vector(EvalCommand command, Vector vector) {
        if (command.expectedScalar() != null) {
            return "expected scalar result, but got vector " + vector;
        }
        Map<Labels, List<SequenceValue>> expected = command.expectedSeries();
        List<Labels> order = new ArrayList<>(expected.keySet());
        boolean ordered = command.expects(Kind.ORDERED);
        Set<Labels> seen = new HashSet<>();
        for (int i = 0; i < vector.size(); i++) {
            Labels labels = vector.labels(i);
            List<SequenceValue> values = expected.get(labels);
            NativeHistogram histogram = vector.histogram(i);
            if (values == null) {
                return "unexpected metric " + labels + " in result, has value " + text(vector.value(i), histogram);
            }
            if (ordered && !order.get(i).equals(labels)) {
                return "expected metric " + order.get(i) + " at position " + (i + 1) + " but got " + labels;
            }
            SequenceValue first = values.isEmpty() ? SequenceValue.OMITTED : values.getFirst();
            if (!equal(first, vector.value(i), histogram)) {
                return "expected " + first + " for " + labels + " but got " + text(vector.value(i), histogram);
            }
            seen.add(labels);
        }
        return missing(expected, seen);
    }

    private static @Nullable String missing(Map<Labels, List<SequenceValue>> expected, Set<Labels> seen) {
        for (Map.Entry<Labels, List<SequenceValue>> entry : expected.entrySet()) {
            if (!seen.contains(entry.getKey())) {
                return "expected metric " + entry.getKey() + " with " + entry.getValue() + " not found";
            }
        }
        return null;
    }

    private static @Nullable String matrix(EvalCommand command, List<Series> matrix) {
        if (command.expects(Kind.ORDERED)) {
            return "expected ordered result, but query returned a matrix";
        }
        if (command.expectedScalar() != null) {
            return "expected scalar result, but got matrix";
        }
        Set<Labels> seen = new HashSet<>();
        for (Series series : matrix) {
            List<SequenceValue> expected = command.expectedSeries().get(series.labels());
            if (expected == null) {
                return "unexpected metric " + series.labels() + " in result, has " + text(series);
            }
            String difference = points(command.steps(), expected, series);
            if (difference != null) {
                return difference + " for " + series.labels() + " (result has " + text(series) + ")";
            }
            seen.add(series.labels());
        }
        return missing(command.expectedSeries(), seen);
    }

    private static @Nullable String points(EvalCommand.Steps steps, List<SequenceValue> expected, Series series) {
        int at = series.from();
        for (int i = 0; i < expected.size(); i++) {
            SequenceValue value = expected.get(i);
            long time = steps.start() + i * steps.step();
            if (time > steps.end()) {
                return "expected " + expected.size() + " points, but query time range cannot return this many points";
            }
            if (value.omitted()) {
                continue;
            }
            if (at == series.to()) {
                return "expected a point at " + time + " but got none";
            }
            if (series.time(at) != time) {
                return "expected a point at " + time + ", but it is at " + series.time(at);
            }
            if (!equal(value, series.value(at), series.histogram(at))) {
                return "expected " + value + " at " + time + ", but got "
                        + text(series.value(at), series.histogram(at));
            }
            at++;
        }
        return at == series.to() ? null : "unexpected point at " + series.time(at);
    }

    private static String text(Series series) {
        List<String> points = new ArrayList<>();
        for (int i = series.from(); i < series.to(); i++) {
            points.add(text(series.value(i), series.histogram(i)) + " @" + series.time(i));
        }
        return points.toString();
    }

    private static String text(double value, @Nullable NativeHistogram histogram) {
        return histogram == null ? GoFloat.g(value) : HistogramText.script(histogram);
    }

    private static boolean equal(SequenceValue expected, double value, @Nullable NativeHistogram histogram) {
        NativeHistogram wanted = expected.histogram();
        if (wanted == null || histogram == null) {
            return wanted == null && histogram == null && equal(expected.value(), value);
        }
        return equal(wanted.compact(), histogram.compact(), expected.hintGiven());
    }

    private static boolean equal(NativeHistogram a, NativeHistogram b, boolean hint) {
        return a.schema() == b.schema()
                && equal(a.count(), b.count())
                && equal(a.sum(), b.sum())
                && Arrays.equals(a.bounds(), b.bounds())
                && a.zeroThreshold() == b.zeroThreshold()
                && equal(a.zeroCount(), b.zeroCount())
                && equal(a.positive(), b.positive())
                && equal(a.negative(), b.negative())
                && (!hint || a.hint() == b.hint());
    }

    private static boolean equal(Buckets a, Buckets b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (a.index(i) != b.index(i) || !equal(a.count(i), b.count(i))) {
                return false;
            }
        }
        return true;
    }

    /** Source: prometheus util/almost. A stale marker equals only another. */
    static boolean equal(double a, double b) {
        if (Series.stale(a) || Series.stale(b)) {
            return Series.stale(a) && Series.stale(b);
        }
        if (a == b || (Double.isNaN(a) && Double.isNaN(b))) {
            return true;
        }
        double sum = Math.abs(a) + Math.abs(b);
        double difference = Math.abs(a - b);
        if (a == 0 || b == 0 || sum < Double.MIN_NORMAL) {
            return difference < TOLERANCE * Double.MIN_NORMAL;
        }
        return difference / Math.min(sum, Double.MAX_VALUE) < TOLERANCE;
    }
}
