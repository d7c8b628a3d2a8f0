package dev.sluice.prometheus;

import static dev.sluice.prometheus.SeriesState.CUMULATIVE;
import static dev.sluice.prometheus.SeriesState.DELTA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.PointView;
import org.junit.jupiter.api.Test;

class SeriesStateTest {
    @Test
    void deltasAddUpWhileTheyFollowAndBeginAnewAfterAGapOrTheEnd() {
        NumberState state = (NumberState) SeriesState.of(MetricView.Kind.SUM);
        assertThat(state.update(number(10, 20, "as_int: 1"), DELTA)).isNull();
        assertThat(state.update(number(20, 30, "as_int: 2"), DELTA)).isNull();
        assertThat(state.value()).isEqualTo(3);
        assertThat(state.update(number(0, 40, "as_double: 0.5"), DELTA)).isNull();
        assertThat(state.value()).isEqualTo(3.5);
        assertThat(state.start()).isEqualTo(10);
        assertThat(state.time()).isEqualTo(40);

        assertThat(state.update(number(35, 50, "as_int: 9"), DELTA)).isEqualTo(Drop.OVERLAP);
        assertThat(state.value()).isEqualTo(3.5);
        assertThat(state.update(number(41, 50, "as_int: 9"), DELTA)).isNull();
        assertThat(state.value()).isEqualTo(9);
        assertThat(state.start()).isEqualTo(41);

        assertThat(state.update(number(0, 50, "as_int: 9"), DELTA))
                .as("without a start, and not later")
                .isEqualTo(Drop.OVERLAP);
        assertThat(state.value()).isEqualTo(9);

        state.end();
        assertThat(state.update(number(1, 5, "as_int: 4"), DELTA)).isNull();
        assertThat(state.value()).isEqualTo(4);
    }

    @Test
    void largeIntegersStayExact() {
        NumberState state = new NumberState();
        state.update(number(1, 2, "as_int: 9007199254740993"), DELTA);
        state.update(number(2, 3, "as_int: -9007199254740992"), DELTA);
        assertThat(state.value()).isEqualTo(1);
    }

    @Test
    void olderPointsAreKnownButNotDeltas() {
        NumberState state = new NumberState();
        assertThat(state.isAheadOf(number(0, 5, ""), CUMULATIVE)).isFalse();
        state.update(number(0, 10, "as_int: 1"), CUMULATIVE);
        assertThat(state.isAheadOf(number(0, 5, ""), CUMULATIVE)).isTrue();
        assertThat(state.isAheadOf(number(0, 10, ""), CUMULATIVE)).isFalse();
        assertThat(state.isAheadOf(number(0, 5, ""), DELTA)).isFalse();
    }

    @Test
    void histogramsAddUpWithinTheSameBoundsAndMakeNoObjectsOfThem() {
        HistogramState state = (HistogramState) SeriesState.of(MetricView.Kind.HISTOGRAM);
        state.update(histogram(10, 20, "count: 3 sum: 3 explicit_bounds: [1, 2] bucket_counts: [1, 1, 1]"), DELTA);
        double[] bounds = state.bounds();
        state.update(histogram(20, 30, "count: 2 explicit_bounds: [1, 2] bucket_counts: [2, 0, 0]"), DELTA);

        assertThat(state.bounds()).isSameAs(bounds).containsExactly(1, 2);
        assertThat(state.count()).isEqualTo(5);
        assertThat(state.count(0)).isEqualTo(3);
        assertThat(state.hasSum()).isFalse();
        assertThat(state.sum()).isEqualTo(3);
        assertThat(state.bucket(1)).isZero();
        assertThat(state.bucket(1.5)).isEqualTo(1);
        assertThat(state.bucket(9)).isEqualTo(2);

        state.update(histogram(30, 40, "count: 1 sum: 1 explicit_bounds: [5] bucket_counts: [1, 0]"), DELTA);
        assertThat(state.count()).isEqualTo(1);
        assertThat(state.start()).isEqualTo(30);
        assertThat(state.bounds()).containsExactly(5);
    }

    @Test
    void manyBoundsAreTakenInTheirOrder() {
        StringBuilder bounds = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            bounds.append(i == 0 ? "" : ",").append(i);
        }
        HistogramState state = new HistogramState();
        assertThat(state.update(
                        histogram(1, 2, "explicit_bounds: [" + bounds + "] bucket_counts: [" + "0,".repeat(40) + "0]"),
                        CUMULATIVE))
                .isNull();
        assertThat(state.bounds()).hasSize(40).isSorted();
    }

    @Test
    void bucketsThatContradictEachOtherChangeNothing() {
        HistogramState state = new HistogramState();
        state.update(histogram(1, 2, "count: 7 bucket_counts: [7]"), CUMULATIVE);
        for (String bad : new String[] {
            "explicit_bounds: [2, 1] bucket_counts: [1, 1, 1]",
            "explicit_bounds: [nan] bucket_counts: [1, 1]",
            "explicit_bounds: [1] bucket_counts: [1]",
            "explicit_bounds: [1]"
        }) {
            assertThat(state.update(histogram(2, 3, "count: 2 " + bad), CUMULATIVE))
                    .isEqualTo(Drop.MALFORMED);
        }
        assertThat(state.count()).isEqualTo(7);
        assertThat(state.time()).isEqualTo(2);
    }

    @Test
    void exponentialHistogramsAddUpInTheCoarserScale() {
        ExponentialState state = (ExponentialState) SeriesState.of(MetricView.Kind.EXPONENTIAL_HISTOGRAM);
        state.update(
                exponential(
                        10,
                        20,
                        "count: 6 sum: 6 scale: 3 zero_count: 1 positive { offset: 1 bucket_counts: [1, 2] } negative { bucket_counts: [2] }"),
                DELTA);
        state.update(
                exponential(
                        20,
                        30,
                        "count: 5 sum: 5 scale: 2 zero_count: 1 zero_threshold: 0.5 positive { offset: -1 bucket_counts: [1, 2, 1] }"),
                DELTA);

        assertThat(state.schema()).isEqualTo(2);
        assertThat(state.zeroThreshold()).isEqualTo(0.5);
        assertThat(state.zeroCount()).isEqualTo(2);
        assertThat(state.count()).isEqualTo(11);
        assertThat(state.sum()).isEqualTo(11);
        assertThat(state.hasSum()).isTrue();
        assertThat(state.positive()).isEqualTo(NativeBuckets.of(0, new long[] {1, 3, 3}));
        assertThat(state.negative()).isEqualTo(NativeBuckets.of(1, new long[] {2}));
        assertThat(state.buckets()).isEqualTo(4);
    }

    @Test
    void exponentialHistogramsAreCoarsenedToWhatPrometheusKnowsAndToABoundedSize() {
        ExponentialState state = new ExponentialState();
        state.update(
                exponential(1, 2, "count: 3 scale: 10 positive { offset: 0 bucket_counts: [1, 1, 0, 0, 1] }"),
                CUMULATIVE);
        assertThat(state.schema()).isEqualTo(8);
        assertThat(state.zeroThreshold()).isEqualTo(1e-128);
        assertThat(state.positive()).isEqualTo(NativeBuckets.of(1, new long[] {2, 1}));

        state.update(exponential(10, 20, "count: 1 scale: 8 positive { offset: -200000 bucket_counts: [1] }"), DELTA);
        state.update(exponential(20, 30, "count: 1 scale: 8 positive { offset: 200000 bucket_counts: [1] }"), DELTA);
        assertThat(state.schema()).isZero();
        assertThat(state.positive().size()).isBetween(1_000, 2_048);

        assertThat(state.update(exponential(30, 40, "scale: -5"), DELTA)).isEqualTo(Drop.UNTRANSLATABLE);
        assertThat(state.update(
                        exponential(30, 40, "scale: -4 positive { bucket_counts: [" + "0,".repeat(3_000) + "1] }"),
                        DELTA))
                .isEqualTo(Drop.MALFORMED);
        assertThat(state.update(
                        exponential(30, 40, "negative { bucket_counts: [" + "0,".repeat(70_000) + "1] }"), DELTA))
                .isEqualTo(Drop.MALFORMED);
    }

    @Test
    void summariesKeepTheirQuantilesWhileTheyAreTheSame() {
        SummaryState state = (SummaryState) SeriesState.of(MetricView.Kind.SUMMARY);
        state.update(
                summary("count: 4 sum: 10 quantile_values { quantile: 0.99 value: 2.5 } quantile_values { value: 1 }"),
                0);
        double[] quantiles = state.quantiles();
        assertThat(quantiles).containsExactly(0.99, 0);
        state.update(
                summary("count: 5 sum: 11 quantile_values { quantile: 0.99 value: 3 } quantile_values { value: 1 }"),
                0);
        assertThat(state.quantiles()).isSameAs(quantiles);
        assertThat(state.value(0)).isEqualTo(3);
        assertThat(state.count()).isEqualTo(5);
        assertThat(state.sum()).isEqualTo(11);
        state.update(summary("quantile_values { quantile: 0.5 value: 7 }"), 0);
        assertThat(state.quantiles()).containsExactly(0.5);
        assertThat(state.value(0)).isEqualTo(7);
    }

    @Test
    void onlyWhatCanBeAddedUpIsSupported() {
        assertThat(SeriesState.supports(Points.metric("gauge {}"))).isTrue();
        assertThat(SeriesState.supports(Points.metric("summary {}"))).isTrue();
        assertThat(SeriesState.supports(Points.metric("sum {}"))).isFalse();
        assertThat(SeriesState.supports(
                        Points.metric("sum { aggregation_temporality: AGGREGATION_TEMPORALITY_DELTA }")))
                .isFalse();
        assertThat(SeriesState.supports(Points.metric(
                        "sum { is_monotonic: true aggregation_temporality: AGGREGATION_TEMPORALITY_DELTA }")))
                .isTrue();
        assertThat(SeriesState.supports(
                        Points.metric("sum { aggregation_temporality: AGGREGATION_TEMPORALITY_CUMULATIVE }")))
                .isTrue();
        assertThat(SeriesState.supports(Points.metric("histogram {}"))).isFalse();
        assertThat(SeriesState.supports(Points.metric(
                        "exponential_histogram { aggregation_temporality: AGGREGATION_TEMPORALITY_DELTA }")))
                .isTrue();
    }

    private static PointView number(long start, long time, String rest) {
        return Points.point("sum", times(start, time) + rest);
    }

    private static PointView histogram(long start, long time, String rest) {
        return Points.point("histogram", times(start, time) + rest);
    }

    private static PointView exponential(long start, long time, String rest) {
        return Points.point("exponential_histogram", times(start, time) + rest);
    }

    private static PointView summary(String text) {
        return Points.point("summary", text);
    }

    private static String times(long start, long time) {
        return "start_time_unix_nano: " + start + " time_unix_nano: " + time + " ";
    }
}
