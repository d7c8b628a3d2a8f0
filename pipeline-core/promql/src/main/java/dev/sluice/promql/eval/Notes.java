package dev.sluice.promql.eval;

import dev.sluice.gotext.GoFloat;
import dev.sluice.gotext.GoString;
import dev.sluice.promql.syntax.Span;

/** The annotations that evaluation may make. Source: prometheus util/annotations. */
final class Notes {
    private Notes() {}

    private static String named(String text, String metric) {
        return metric.isEmpty() ? text : text + " for metric name " + GoString.quote(metric);
    }

    static Annotation invalidQuantile(double q, Span span) {
        return Annotation.warning("quantile value should be between 0 and 1, got " + GoFloat.g(q), span);
    }

    /** Of an aggregation over several steps the quantile furthest out is shown. */
    static Annotation invalidAggregateQuantile(double q, Span span) {
        return Double.isNaN(q)
                ? invalidQuantile(q, span)
                : Annotation.warning("quantile value should be between 0 and 1", span, new Annotation.Extreme(q, ""));
    }

    static Annotation invalidRatio(double ratio, Span span) {
        return Annotation.warning(
                "ratio value should be between -1 and 1",
                span,
                new Annotation.Extreme(ratio, ", capping to " + (ratio > 0 ? "1" : "-1")));
    }

    static Annotation invalidIntegralStrategy(double strategy, Span span) {
        return Annotation.warning("strategy should be 0, 1, or 2 (default), using 2, got " + GoFloat.g(strategy), span);
    }

    static Annotation badBucketLabel(String metric, String label, Span span) {
        return Annotation.warning(
                named("bucket label \"le\" is missing or has a malformed value of " + GoString.quote(label), metric),
                span);
    }

    static Annotation mixedFloatsHistograms(String metric, Span span) {
        return Annotation.warning(
                "encountered a mix of histograms and floats for metric name " + GoString.quote(metric), span);
    }

    static Annotation mixedFloatsHistogramsAggregation(Span span) {
        return Annotation.warning("encountered a mix of histograms and floats for aggregation", span);
    }

    static Annotation mixedClassicNative(String metric, Span span) {
        return Annotation.warning(named("vector contains a mix of classic and native histograms", metric), span);
    }

    static Annotation notCounter(String metric, Span span) {
        return Annotation.warning("this native histogram metric is not a counter: " + GoString.quote(metric), span);
    }

    static Annotation notGauge(String metric, Span span) {
        return Annotation.warning("this native histogram metric is not a gauge: " + GoString.quote(metric), span);
    }

    static Annotation mixedExponentialCustom(String metric, Span span) {
        return Annotation.warning(
                "vector contains a mix of histograms with exponential and custom buckets schemas for metric name "
                        + GoString.quote(metric),
                span);
    }

    static Annotation incompatibleBuckets(String operator, Span span) {
        return Annotation.warning("incompatible bucket layout encountered for binary operator " + operator, span);
    }

    static Annotation sortInRange(Span span) {
        return Annotation.warning(
                "sort is ineffective for range queries since results are always ordered by labels", span);
    }

    static Annotation possibleNonCounter(String metric, Span span) {
        return Annotation.info(
                "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
                        + GoString.quote(metric),
                span);
    }

    static Annotation possibleNonCounterLabel(String metric, String type, Span span) {
        return Annotation.info(
                "metric might not be a counter, __type__ label is not set to \"counter\" or \"histogram\", got "
                        + GoString.quote(type) + ": " + GoString.quote(metric),
                span);
    }

    static Annotation forcedMonotonicity(String metric, Span span, Annotation.Monotonicity detail) {
        return Annotation.info(
                named(
                        "input to histogram_quantile needed to be fixed for monotonicity (see "
                                + "https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)",
                        metric),
                span,
                detail);
    }

    static Annotation incompatibleTypes(String left, String operator, String right, Span span) {
        return Annotation.info(
                "incompatible sample types encountered for binary operator " + GoString.quote(operator) + ": " + left
                        + " " + operator + " " + right,
                span);
    }

    static Annotation histogramIgnored(String aggregation, Span span) {
        return Annotation.info("ignored histogram in " + aggregation + " aggregation", span);
    }

    static Annotation histogramIgnoredInMixedRange(String metric, Span span) {
        return Annotation.info(
                "ignored histograms in a range containing both floats and histograms for metric name "
                        + GoString.quote(metric),
                span);
    }

    static Annotation quantileNanResult(String metric, Span span) {
        return Annotation.info(named("input to histogram_quantile has NaN observations, result is NaN", metric), span);
    }

    static Annotation quantileNanSkew(String metric, Span span) {
        return Annotation.info(
                named("input to histogram_quantile has NaN observations, result is skewed higher", metric), span);
    }

    static Annotation fractionNans(String metric, Span span) {
        return Annotation.info(
                named(
                        "input to histogram_fraction has NaN observations, which are excluded from all fractions",
                        metric),
                span);
    }

    static Annotation counterResetCollision(String operation, Span span) {
        return Annotation.warning("conflicting counter resets during histogram " + operation, span);
    }

    static Annotation mismatchedBounds(String operation, Span span) {
        return Annotation.info("mismatched custom buckets were reconciled during " + operation, span);
    }

    static Annotation startTimeOverlap(String metric, Span span) {
        return Annotation.warning(
                "sample has start time that overlaps with previous sample timestamp for metric "
                        + GoString.quote(metric),
                span,
                new Annotation.Count(1));
    }
}
