package dev.sluice.exporters.prometheusremotewrite;

import static dev.sluice.exporters.prometheusremotewrite.Points.CUMULATIVE;
import static dev.sluice.exporters.prometheusremotewrite.Points.DELTA;
import static dev.sluice.exporters.prometheusremotewrite.Points.V2;
import static dev.sluice.exporters.prometheusremotewrite.Points.attribute;
import static dev.sluice.exporters.prometheusremotewrite.Points.exponential;
import static dev.sluice.exporters.prometheusremotewrite.Points.gauge;
import static dev.sluice.exporters.prometheusremotewrite.Points.histogram;
import static dev.sluice.exporters.prometheusremotewrite.Points.metrics;
import static dev.sluice.exporters.prometheusremotewrite.Points.point;
import static dev.sluice.exporters.prometheusremotewrite.Points.span;
import static dev.sluice.exporters.prometheusremotewrite.Points.sum;
import static dev.sluice.exporters.prometheusremotewrite.Points.summary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Outcome;
import org.junit.jupiter.api.Test;

/** What becomes of points that tell of a change alone. */
class DeltasTest {
    @Test
    void deltasAddUpWhileTheyFollowAndBeginAnewAfterAGap() {
        try (Backend backend = new Backend("protobuf_message", V2)) {
            String delta = "is_monotonic: true aggregation_temporality: AGGREGATION_TEMPORALITY_DELTA";
            Decoded first =
                    backend.written(metrics(sum(delta, span(2000, 3000, "as_int: 2"), span(1000, 2000, "as_int: 1"))));
            Decoded second = backend.written(
                    metrics(sum(delta, span(3000, 4000, "as_double: 0.5"), span(5000, 6000, "as_int: 7"))));

            assertThat(first.named("s_total").samples()).containsExactly("1.0 from 1000 @2000", "3.0 from 1000 @3000");
            assertThat(second.named("s_total").samples()).containsExactly("3.5 from 1000 @4000", "7.0 from 5000 @6000");
        }
    }

    @Test
    void onlyWhatCountsUpTellsWhenItBegan() {
        try (Backend backend = new Backend("protobuf_message", V2)) {
            String cumulative = "aggregation_temporality: AGGREGATION_TEMPORALITY_CUMULATIVE";
            Decoded written = backend.written(metrics(gauge("g", span(1000, 2000, "as_int: 1"))
                    + sum(
                            "is_monotonic: true " + cumulative,
                            span(1000, 2000, "as_int: 2"),
                            span(0, 3000, "as_int: 3"),
                            span(999, 4000, "as_int: 4"))
                    + sum(cumulative, span(1000, 2000, "as_int: 4"))
                    + histogram(CUMULATIVE, span(1000, 2000, "count: 5 bucket_counts: [5]"))
                    + exponential(CUMULATIVE, span(1000, 2000, "count: 6 zero_count: 6"))
                    + summary(span(1000, 2000, "count: 7 quantile_values { quantile: 0.5 value: 8 }"))));

            assertThat(written.lines())
                    .containsExactly(
                            "e{instance=1, job=api} count 6 sum 0.0 schema 0 zero 6 within 1.0E-128 negative {} positive {} from 1000 @2000",
                            "g{instance=1, job=api} 1.0 @2000",
                            "h_bucket{instance=1, job=api, le=+Inf} 5.0 from 1000 @2000",
                            "h_count{instance=1, job=api} 5.0 from 1000 @2000",
                            "q_count{instance=1, job=api} 7.0 from 1000 @2000",
                            "q_sum{instance=1, job=api} 0.0 from 1000 @2000",
                            "q{instance=1, job=api, quantile=0.5} 8.0 @2000",
                            "s_total{instance=1, job=api} 2.0 from 1000 @2000",
                            "s_total{instance=1, job=api} 3.0 @3000",
                            "s_total{instance=1, job=api} 4.0 @4000",
                            "s{instance=1, job=api} 4.0 @2000");
        }
    }

    @Test
    void deltasOfBothKindsOfHistogramsAddUp() {
        try (Backend backend = new Backend()) {
            backend.send(
                    metrics(
                            histogram(
                                            DELTA,
                                            span(
                                                    1000,
                                                    2000,
                                                    "count: 3 sum: 4 explicit_bounds: [1] bucket_counts: [1, 2]"))
                                    + exponential(
                                            DELTA,
                                            span(
                                                    1000,
                                                    2000,
                                                    "count: 3 sum: 4 scale: 1 zero_count: 1 positive { bucket_counts: [2] }"))));
            backend.taken();

            Decoded written = backend.written(metrics(histogram(
                            DELTA, span(2000, 3000, "count: 1 sum: 1 explicit_bounds: [1] bucket_counts: [1, 0]"))
                    + exponential(
                            DELTA,
                            span(2000, 3000, "count: 2 sum: 1 scale: 0 positive { offset: 1 bucket_counts: [2] }"))));

            assertThat(written.lines())
                    .contains(
                            "h_bucket{instance=1, job=api, le=+Inf} 4.0 @3000",
                            "h_bucket{instance=1, job=api, le=1} 2.0 @3000",
                            "h_count{instance=1, job=api} 4.0 @3000",
                            "h_sum{instance=1, job=api} 5.0 @3000",
                            "e{instance=1, job=api} count 5 sum 5.0 schema 0 zero 1 within 1.0E-128 negative {} positive {1=2, 2=2} @3000");
        }
    }

    @Test
    void deltasThatCannotBeAddedAreDroppedCountedAndToldOf() {
        try (Backend backend = new Backend("max_series", 1)) {
            String monotonic = "is_monotonic: true aggregation_temporality: AGGREGATION_TEMPORALITY_DELTA";
            backend.send(metrics(sum(monotonic, span(1000, 2000, "as_int: 1"))));
            backend.taken();

            Outcome outcome = backend.send(metrics(sum(
                            monotonic,
                            span(1500, 2500, "as_int: 9"),
                            span(1000, 2000, "as_int: 5 " + attribute("new", "one")))
                    + sum("aggregation_temporality: AGGREGATION_TEMPORALITY_DELTA", span(1000, 2000, "as_int: 1"))));

            assertThat(outcome)
                    .isEqualTo(new Outcome.Accepted(
                            3, "prometheus_remote_write cannot translate 3 of the data points; its log says why"));
            assertThat(backend.taken()).isEmpty();
            assertThat(backend.dropped("overlap")).isEqualTo(1);
            assertThat(backend.dropped("limit")).isEqualTo(1);
            assertThat(backend.dropped("temporality")).isEqualTo(1);
        }
    }

    @Test
    void aDeltaInOtherBoundsBeginsAnewAndTellsSo() {
        try (Backend backend = new Backend("protobuf_message", V2)) {
            Decoded written = backend.written(metrics(histogram(
                    DELTA,
                    span(1000, 2000, "count: 3 explicit_bounds: [1] bucket_counts: [1, 2]"),
                    span(2000, 3000, "count: 1 explicit_bounds: [2] bucket_counts: [1, 0]"))));

            assertThat(written.named("h_count").samples())
                    .containsExactly("3.0 from 1000 @2000", "1.0 from 2000 @3000");
        }
    }

    @Test
    void afterItsEndASumOfDeltasBeginsAnew() {
        try (Backend backend = new Backend()) {
            String delta = "is_monotonic: true aggregation_temporality: AGGREGATION_TEMPORALITY_DELTA";

            Decoded written = backend.written(metrics(
                    sum(delta, span(1000, 2000, "as_int: 1"), point(2500, "flags: 1"), span(2000, 3000, "as_int: 4"))
                            + histogram(
                                    DELTA,
                                    span(1000, 2000, "count: 1"),
                                    point(2500, "flags: 1"),
                                    span(2000, 3000, "count: 4"))));

            assertThat(written.named("s_total").samples()).containsExactly("1.0 @2000", "STALE @2500", "4.0 @3000");
            assertThat(written.named("h_count").samples()).containsExactly("1.0 @2000", "STALE @2500", "4.0 @3000");
        }
    }
}
