package dev.sluice.slo.ruletest;

import dev.sluice.gotext.GoFloat;
import dev.sluice.promql.histogram.HistogramText;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.script.ScriptException;
import dev.sluice.promql.script.SeriesNotation;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.promql.syntax.Parser;
import dev.sluice.slo.ruletest.RuleTestFile.ExpectedSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An element of a query's result, expected or real.
 *
 * @param value of no meaning where there is a histogram
 */
record ResultSample(Labels labels, double value, @Nullable NativeHistogram histogram) {
    static final Comparator<ResultSample> ORDER = Comparator.comparing(ResultSample::labels);

    static List<ResultSample> expected(List<ExpectedSample> samples) throws ParseException, ScriptException {
        List<ResultSample> result = new ArrayList<>();
        for (ExpectedSample sample : samples) {
            Labels labels = sample.labels().isEmpty() ? Labels.EMPTY : Parser.parseLabels(sample.labels());
            NativeHistogram histogram = null;
            if (!sample.histogram().isEmpty()) {
                var values = SeriesNotation.parse("{} " + sample.histogram(), 1).values();
                if (values.size() != 1) {
                    throw new ScriptException(1, "expected 1 value, got " + values.size());
                }
                histogram = values.getFirst().histogram();
            }
            result.add(new ResultSample(labels, sample.value(), histogram));
        }
        return result;
    }

    /** @param fuzzy whether values may be neighbours */
    boolean equals(ResultSample other, boolean fuzzy) {
        if (!labels.equals(other.labels) || (histogram == null) != (other.histogram == null)) {
            return false;
        }
        if (histogram != null) {
            return text(this).equals(text(other));
        }
        return value == other.value
                || (fuzzy && (Math.nextUp(value) == other.value || Math.nextDown(value) == other.value));
    }

    static String text(List<ResultSample> samples) {
        return samples.isEmpty()
                ? "nil"
                : samples.stream().map(ResultSample::text).collect(Collectors.joining(", "));
    }

    private static String text(ResultSample sample) {
        String value = sample.histogram != null
                ? HistogramText.script(sample.histogram)
                : GoFloat.exponential(sample.value).replace('e', 'E');
        return sample.labels + " " + value;
    }
}
