package dev.sluice.promql.script;

import dev.sluice.promql.eval.QueryValue;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares one step of a range with what an instant query is expected to give. */
final class Middle {
    private Middle() {}

    static @Nullable String compare(EvalCommand eval, List<Series> matrix, long time) {
        if (eval.expectedScalar() != null) {
            Double value = matrix.isEmpty() ? null : value(matrix.getFirst(), time);
            return value == null ? "no value" : Comparison.scalar(eval, value);
        }
        // A range of this one step is compared as a matrix would be.
        EvalCommand step = EvalCommand.range(eval.line(), eval.query(), new EvalCommand.Steps(time, time, 1));
        Map<Labels, List<SequenceValue>> expected = new HashMap<>(eval.expectedSeries());
        expected.forEach((labels, values) -> step.expect(labels, values.subList(0, Math.min(1, values.size()))));
        List<Series> middle = new ArrayList<>();
        for (Series series : matrix) {
            int at = series.after(time) - 1;
            if (at >= series.from() && series.time(at) == time) {
                Series one = new Series(series.labels());
                NativeHistogram histogram = series.histogram(at);
                one.add(time, 0, series.value(at), histogram);
                middle.add(one);
            }
        }
        return Comparison.of(step, new QueryValue.MatrixValue(middle));
    }

    private static @Nullable Double value(Series series, long time) {
        int at = series.after(time) - 1;
        return at >= series.from() && series.time(at) == time ? series.value(at) : null;
    }
}
