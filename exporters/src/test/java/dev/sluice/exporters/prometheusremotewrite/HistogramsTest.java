package dev.sluice.exporters.prometheusremotewrite;

import static dev.sluice.exporters.prometheusremotewrite.Points.CUMULATIVE;
import static dev.sluice.exporters.prometheusremotewrite.Points.DELTA;
import static dev.sluice.exporters.prometheusremotewrite.Points.V1;
import static dev.sluice.exporters.prometheusremotewrite.Points.V2;
import static dev.sluice.exporters.prometheusremotewrite.Points.attribute;
import static dev.sluice.exporters.prometheusremotewrite.Points.exponential;
import static dev.sluice.exporters.prometheusremotewrite.Points.histogram;
import static dev.sluice.exporters.prometheusremotewrite.Points.metrics;
import static dev.sluice.exporters.prometheusremotewrite.Points.point;
import static dev.sluice.exporters.prometheusremotewrite.Points.span;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histograms of both kinds, and exemplars. */
class HistogramsTest {
    @Test
    void anExplicitInfiniteBoundIsNotWrittenTwice() {
        try (Backend backend = new Backend()) {
            Decoded written = backend.written(
                    metrics(
                            histogram(
                                    CUMULATIVE,
                                    point(
                                            5,
                                            "count: 3 explicit_bounds: [0.005, 1e21, inf] bucket_counts: [1, 2, 0, 0] exemplars { as_double: 1e22 }"))));

            assertThat(written.lines())
                    .containsExactly(
                            "h_bucket{instance=1, job=api, le=+Inf} 3.0 @5",
                            "h_bucket{instance=1, job=api, le=+Inf} # {} 1.0E22 @5",
                            "h_bucket{instance=1, job=api, le=0.005} 1.0 @5",
                            "h_bucket{instance=1, job=api, le=1000000000000000000000} 3.0 @5",
                            "h_count{instance=1, job=api} 3.0 @5");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, V2})
    void explicitBoundsBecomeCustomOnesWhereAskedFor(String message) {
        try (Backend backend = new Backend("protobuf_message", message, "convert_explicit_histograms_to_nhcb", true)) {
            Decoded first = backend.written(
                    metrics(
                            histogram(
                                    DELTA,
                                    span(
                                            1000,
                                            2000,
                                            "count: 9 sum: 4 explicit_bounds: [-1, 2, inf] bucket_counts: [0, 5, 2, 0] exemplars { as_int: 1 }"))));
            Decoded second = backend.written(metrics(histogram(
                    DELTA,
                    span(2000, 3000, "count: 1 explicit_bounds: [-1, 2, inf] bucket_counts: [0, 0, 1, 0]"),
                    point(3500, "flags: 1"),
                    span(4000, 5000, "count: 2"))));

            String start = message.equals(V2) ? " from 1000" : "";
            assertThat(first.lines())
                    .as("what the buckets lack is beyond the last bound")
                    .containsExactly(
                            "h{instance=1, job=api} count 9 sum 4.0 schema -53 bounds -1.0 2.0 zero 0 within 0.0 negative {} positive {1=5, 2=4}"
                                    + start + " @2000",
                            "h{instance=1, job=api} # {} 1.0 @2000");
            assertThat(second.named("h").histograms())
                    .containsExactly(
                            "count 10 sum 4.0 schema -53 bounds -1.0 2.0 zero 0 within 0.0 negative {} positive {1=5, 2=5}"
                                    + start + " @3000",
                            "STALE @3500",
                            "count 2 sum 0.0 schema -53 zero 0 within 0.0 negative {} positive {0=2}"
                                    + (message.equals(V2) ? " from 4000" : "") + " @5000");
        }
    }

    @Test
    void histogramsThatPrometheusWouldRefuseAreDroppedAlone() {
        try (Backend backend = new Backend()) {
            Decoded written = backend.written(metrics(exponential(
                            CUMULATIVE,
                            point(5, "count: 2 positive { bucket_counts: [1] } " + attribute("bad", "count")),
                            point(5, "count: 1 scale: -5 positive { bucket_counts: [1] } " + attribute("bad", "scale")),
                            point(5, "zero_threshold: nan " + attribute("bad", "threshold")),
                            point(5, "zero_threshold: -1 " + attribute("bad", "negative threshold")),
                            point(
                                    5,
                                    "count: 1 positive { offset: 2147483647 bucket_counts: [1] } "
                                            + attribute("bad", "index")),
                            point(
                                    5,
                                    "count: 1 positive { bucket_counts: [0xffffffffffffffff, 2] } "
                                            + attribute("bad", "bucket")),
                            point(5, "count: 2 sum: nan positive { bucket_counts: [1] }"))
                    + histogram(CUMULATIVE, point(5, "count: 1 explicit_bounds: [2, 1] bucket_counts: [1, 0, 0]"))
                    + histogram(CUMULATIVE, point(5, "count: 1 bucket_counts: [1] " + attribute("le", "x")))));

            assertThat(written.series().keySet()).containsExactly("e{instance=1, job=api}");
            assertThat(backend.dropped("malformed")).isEqualTo(6);
            assertThat(backend.dropped("untranslatable")).isEqualTo(2);
        }
    }

    @Test
    void farBucketsComeInSpansOfTheirOwn() {
        try (Backend backend = new Backend()) {
            Decoded written = backend.written(
                    metrics(
                            exponential(
                                    CUMULATIVE,
                                    point(
                                            5,
                                            "count: 7 positive { offset: -3 bucket_counts: [0, 1, 0, 0, 2, 0, 0, 0, 3, 0] } negative { bucket_counts: [1] }"))));

            assertThat(written.named("e").histograms())
                    .containsExactly(
                            "count 7 sum 0.0 schema 0 zero 0 within 1.0E-128 negative {1=1} positive {-1=1, 2=2, 6=3} @5");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, V2})
    void exemplarsComeInTheOrderOfTheirTimeWithWhatFitsOfTheirAttributes(String message) {
        try (Backend backend = new Backend("protobuf_message", message)) {
            String trace =
                    "trace_id: \"\\001\\002\\003\\004\\005\\006\\007\\010\\011\\012\\013\\014\\015\\016\\017\\020\" ";
            Decoded written = backend.written(metrics(exponential(
                    CUMULATIVE,
                    point(
                            50,
                            "count: 1 positive { bucket_counts: [1] } exemplars { time_unix_nano: 30000000 as_int: 3 filtered_"
                                    + attribute("user", "ü") + "} exemplars { time_unix_nano: 10000000 as_double: 1.5 "
                                    + trace
                                    + "filtered_" + attribute("long", "x".repeat(90))
                                    + "} exemplars { time_unix_nano: 20000000 as_int: 2 "
                                    + trace + "filtered_" + attribute("trace_id", "other") + "}"))));

            assertThat(written.named("e").exemplars())
                    .containsExactly(
                            "{trace_id=0102030405060708090a0b0c0d0e0f10} 1.5 @10",
                            "{trace_id=0102030405060708090a0b0c0d0e0f10} 2.0 @20",
                            "{user=ü} 3.0 @30");
        }
    }

    /** A second or so; by looking for the next one each time it would be an hour. */
    @Test
    @Timeout(60)
    void manyExemplarsInManyBucketsAreNoMoreEffortThanTheirNumber() {
        int many = 50_000;
        String bounds = IntStream.range(0, many).mapToObj(Integer::toString).collect(Collectors.joining(","));
        String counts = IntStream.rangeClosed(0, many).mapToObj(i -> "0").collect(Collectors.joining(","));
        String exemplars = IntStream.range(0, 2 * many)
                .mapToObj(i ->
                        "exemplars { as_int: " + i % many + " time_unix_nano: " + (2L * many - i) * 1_000_000 + " }")
                .collect(Collectors.joining(" "));
        try (Backend backend = new Backend("max_batch_size_bytes", 100_000_000)) {
            Decoded written = backend.written(metrics(histogram(
                    CUMULATIVE,
                    point(1, "explicit_bounds: [" + bounds + "] bucket_counts: [" + counts + "] " + exemplars))));

            assertThat(written.series()
                            .get("h_bucket{instance=1, job=api, le=7}")
                            .exemplars())
                    .containsExactly("{} 7.0 @" + (many - 7), "{} 7.0 @" + (2 * many - 7));
        }
    }
}
