package dev.sluice.exporters.prometheusremotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.exporters.prometheus.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What points become. Times in the texts are milliseconds. */
class TranslationTest {
    private static final String V1 = "prometheus.WriteRequest";
    private static final String V2 = "io.prometheus.write.v2.Request";

    @ParameterizedTest
    @ValueSource(strings = {V1, V2})
    void samplesOfASeriesStandTogetherInTheOrderOfTheirTime(String message) {
        try (Backend backend = new Backend("protobuf_message", message)) {
            Decoded written = backend.written(metrics(gauge("g", point(30, "as_int: 3"), point(10, "as_int: 1"))
                    + gauge("other", point(5, "as_int: 9"))
                    + gauge("g", point(20, "as_int: 2"), point(40, "as_int: 4"), point(5, "as_int: 0"))));

            assertThat(written.named("g").samples())
                    .containsExactly("0.0 @5", "1.0 @10", "2.0 @20", "3.0 @30", "4.0 @40");
            assertThat(written.named("other").samples()).containsExactly("9.0 @5");
        }
    }

    @Test
    void ofSeveralPointsWithinAMillisecondTheLastIsSent() {
        try (Backend backend = new Backend()) {
            Decoded written = backend.written(metrics(gauge(
                            "g",
                            "time_unix_nano: 5000002 as_int: 2",
                            "time_unix_nano: 5000001 as_int: 1",
                            point(6, "as_int: 3"))
                    + histogram(
                            CUMULATIVE,
                            "time_unix_nano: 5000001 count: 1 bucket_counts: [1]",
                            "time_unix_nano: 5000002 count: 2 bucket_counts: [2]")));

            assertThat(written.named("g").samples()).containsExactly("2.0 @5", "3.0 @6");
            assertThat(written.named("h_count").samples()).containsExactly("2.0 @5");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, V2})
    void labelsAreSortedAndTheSymbolsOfARequestEachAreThereOnce(String message) {
        try (Backend backend = new Backend("protobuf_message", message)) {
            String attributes =
                    attribute("zone", "z") + attribute("Upper", "u") + attribute("_x", "key_x") + attribute("m", "m");
            Decoded written = backend.written(metrics(histogram(
                            CUMULATIVE,
                            point(5, "count: 3 sum: 1 explicit_bounds: [1] bucket_counts: [1, 2] " + attributes))
                    + gauge("z", point(5, "as_int: 1 " + attributes))));

            assertThat(written.series()).hasSize(5);
            for (Decoded.Series series : written.series().values()) {
                assertThat(new ArrayList<>(series.labels().keySet())).isSorted().contains("Upper", "__name__", "key_x");
            }
            assertThat(new HashSet<>(written.symbols())).hasSameSizeAs(written.symbols());
            if (message.equals(V2)) {
                assertThat(written.symbols().getFirst()).isEmpty();
            }
        }
    }

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
            assertThat(dropped(backend, "overlap")).isEqualTo(1);
            assertThat(dropped(backend, "limit")).isEqualTo(1);
            assertThat(dropped(backend, "temporality")).isEqualTo(1);
        }
    }

    @Test
    void seriesBeyondTheBoundAreStillWrittenInOrder() {
        try (Backend backend = new Backend("max_series", 1, "target_info::enabled", false)) {
            Decoded written = backend.written(metrics(gauge(
                    "g",
                    point(1, "as_int: 0"),
                    point(20, "as_int: 2 " + attribute("a", "x")),
                    point(10, "as_int: 1 " + attribute("a", "x")))));

            assertThat(written.lines())
                    .containsExactly(
                            "g{a=x, instance=1, job=api} 1.0 @10",
                            "g{a=x, instance=1, job=api} 2.0 @20",
                            "g{instance=1, job=api} 0.0 @1");
            assertThat(backend.context().meters().value("exporter_prometheusremotewrite_series"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, V2})
    void aSeriesThatEndsGetsAMarkerOnAllThatWasWrittenOfIt(String message) {
        try (Backend backend = new Backend("protobuf_message", message)) {
            backend.send(metrics(gauge("g", point(10, "as_int: 1"))
                    + histogram(CUMULATIVE, point(10, "count: 3 sum: 4 explicit_bounds: [1] bucket_counts: [1, 2]"))
                    + exponential(CUMULATIVE, point(10, "count: 1 positive { bucket_counts: [1] }"))
                    + summary(point(10, "count: 1 sum: 2 quantile_values { quantile: 0.5 value: 2 }"))));
            backend.taken();

            Decoded written = backend.written(metrics(gauge("g", point(20, "flags: 1"))
                    + histogram(CUMULATIVE, point(20, "flags: 1"))
                    + exponential(CUMULATIVE, point(20, "flags: 1"))
                    + summary(point(20, "flags: 1"))));

            assertThat(written.lines())
                    .containsExactly(
                            "e{instance=1, job=api} STALE @20",
                            "g{instance=1, job=api} STALE @20",
                            "h_bucket{instance=1, job=api, le=+Inf} STALE @20",
                            "h_bucket{instance=1, job=api, le=1} STALE @20",
                            "h_count{instance=1, job=api} STALE @20",
                            "h_sum{instance=1, job=api} STALE @20",
                            "q_count{instance=1, job=api} STALE @20",
                            "q_sum{instance=1, job=api} STALE @20",
                            "q{instance=1, job=api, quantile=0.5} STALE @20");
        }
    }

    @Test
    void aHistogramWithoutASumEndsWithoutOne() {
        try (Backend backend = new Backend()) {
            backend.send(metrics(histogram(CUMULATIVE, point(10, "count: 3 bucket_counts: [3]"))));
            backend.taken();

            Decoded written = backend.written(metrics(histogram(CUMULATIVE, point(20, "flags: 1"))));

            assertThat(written.lines())
                    .containsExactly(
                            "h_bucket{instance=1, job=api, le=+Inf} STALE @20",
                            "h_count{instance=1, job=api} STALE @20");
        }
    }

    @Test
    void aHistogramThatEndsUnseenGetsMarkersForTheBoundsItTells() {
        try (Backend backend = new Backend()) {
            Decoded written = backend.written(metrics(
                    histogram(CUMULATIVE, point(20, "flags: 1 sum: 0 explicit_bounds: [1] bucket_counts: [0, 0]"))));

            assertThat(written.series()).hasSize(4);
            assertThat(written.lines()).allMatch(line -> line.endsWith(" STALE @20"));
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
    void countsThatPrometheusCannotHoldAreDroppedAlone() {
        try (Backend backend = new Backend("convert_explicit_histograms_to_nhcb", true)) {
            Decoded written = backend.written(metrics(histogram(
                    CUMULATIVE,
                    point(
                            5,
                            "count: 1 explicit_bounds: [1] bucket_counts: [0xffffffffffffffff, 2] "
                                    + attribute("bad", "bucket")),
                    point(5, "count: 0xffffffffffffffff " + attribute("bad", "count")),
                    point(5, "count: 3 explicit_bounds: [1] bucket_counts: [1, 2]"))));

            assertThat(written.series().keySet()).containsExactly("h{instance=1, job=api}");
            assertThat(dropped(backend, "malformed")).isEqualTo(2);
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

    @ParameterizedTest
    @ValueSource(strings = {V1, V2})
    void numbersThatAreNoneAndTextThatIsNoneArriveAsWell(String message) {
        try (Backend backend = new Backend("protobuf_message", message)) {
            byte[] wire = metrics(gauge(
                            "g",
                            point(1, "as_double: nan"),
                            point(2, "as_double: inf"),
                            point(3, "as_double: -inf"),
                            point(4, "as_int: 9007199254740993"),
                            point(5, "as_int: 1 " + attribute("broken", "~~"))))
                    .wire()
                    .toByteArray();
            for (int i = 0; i < wire.length; i++) {
                wire[i] = wire[i] == '~' ? (byte) 0xff : wire[i];
            }
            Decoded written = backend.written(Requests.batch(wire));

            assertThat(written.lines())
                    .as("text that is no UTF-8 would make Prometheus refuse the request")
                    .containsExactly(
                            "g{broken=\ufffd\ufffd, instance=1, job=api} 1.0 @5",
                            "g{instance=1, job=api} NaN @1",
                            "g{instance=1, job=api} Infinity @2",
                            "g{instance=1, job=api} -Infinity @3",
                            "g{instance=1, job=api} 9.007199254740992E15 @4");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, V2})
    void whatIsLargerThanARequestMayBeGoesAlone(String message) {
        try (Backend backend = new Backend(
                "protobuf_message",
                message,
                "max_batch_size_bytes",
                300,
                "max_batch_request_parallelism",
                1,
                "target_info::enabled",
                false)) {
            assertThat(backend.send(metrics(gauge("before", point(1, "as_int: 1"))
                            + gauge("g", point(1, "as_int: 1 " + attribute("long", "x".repeat(1000))))
                            + gauge("after", point(1, "as_int: 1")))))
                    .isEqualTo(Outcome.ACCEPTED);

            assertThat(backend.taken().stream()
                            .map(got -> got.decoded().series().values().stream()
                                    .map(series -> series.labels().get("__name__"))
                                    .toList()))
                    .containsExactly(List.of("before"), List.of("g"), List.of("after"));
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
            assertThat(dropped(backend, "malformed")).isEqualTo(6);
            assertThat(dropped(backend, "untranslatable")).isEqualTo(2);
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

    @ParameterizedTest
    @ValueSource(strings = {V1, V2})
    void largeBatchesBecomeSeveralRequestsThatLoseNothing(String message) {
        int series = 500;
        String points = IntStream.range(0, series)
                .mapToObj(i -> point(10, "as_int: " + i + " " + attribute("number", "value " + i)))
                .collect(Collectors.joining(" } data_points { "));
        try (Backend backend = new Backend("protobuf_message", message, "max_batch_size_bytes", 4000)) {
            assertThat(backend.send(metrics(gauge("g", points)))).isEqualTo(Outcome.ACCEPTED);
            List<Backend.Got> taken = backend.taken();

            assertThat(taken).hasSizeGreaterThan(3).allMatch(got -> got.body().length() <= 4000);
            List<String> lines = taken.stream()
                    .flatMap(got -> got.decoded().lines().stream())
                    .toList();
            assertThat(lines)
                    .hasSize(series)
                    .doesNotHaveDuplicates()
                    .contains("g{instance=1, job=api, number=value 499} 499.0 @10");
        }
    }

    @Test
    void metadataFollowsInRequestsOfItsOwnAndBounded() {
        try (Backend backend =
                new Backend("send_metadata", true, "max_batch_request_parallelism", 1, "max_batch_size_bytes", 150)) {
            backend.send(metrics(
                    "metrics { name: \"a\" unit: \"By/s\" description: \"First\" gauge { data_points { as_int: 1 } data_points { as_int: 2 "
                            + attribute("x", "y")
                            + "} } metadata { key: \"prometheus.type\" value { string_value: \"unknown\" } } }"
                            + "metrics { name: \"b\" sum { aggregation_temporality: AGGREGATION_TEMPORALITY_CUMULATIVE data_points { as_int: 1 } }"
                            + " metadata { key: \"prometheus.type\" value { string_value: \"stateset\" } } description: \""
                            + "long ".repeat(30) + "\" }"
                            + "metrics { name: \"c\" sum { aggregation_temporality: AGGREGATION_TEMPORALITY_CUMULATIVE data_points { as_int: 1 } }"
                            + " metadata { key: \"prometheus.type\" value { string_value: \"info\" } } }"));

            List<Decoded> withMetadata = backend.taken().stream()
                    .map(Backend.Got::decoded)
                    .filter(decoded -> !decoded.metadata().isEmpty())
                    .toList();
            assertThat(withMetadata)
                    .hasSize(3)
                    .allMatch(decoded -> decoded.series().isEmpty());
            assertThat(withMetadata.stream().flatMap(decoded -> decoded.metadata().stream()))
                    .containsExactly(
                            "a_bytes_per_second type 0 help 'First' unit 'bytes_per_second'",
                            "b type 7 help '" + "long ".repeat(30) + "' unit ''",
                            "c type 6 help '' unit ''");
        }
    }

    @Test
    void targetInfoHasTheTimeOfTheLatestPointAndNeedsSomethingToTell() {
        String scope = "scope_metrics { "
                + gauge("g", point(30, "as_int: 1"), point(10, "as_int: 1 " + attribute("a", "b"))) + " }";
        try (Backend backend = new Backend("external_labels", Map.of("cluster", "c"))) {
            Decoded written =
                    backend.written(Requests.batch("resource_metrics { resource { " + attribute("service.name", "api")
                            + attribute("host.name", "h") + attribute("empty", "") + "} " + scope
                            + " } resource_metrics { resource { "
                            + attribute("service.name", "bare") + "} " + scope + " } resource_metrics { resource { "
                            + attribute("host.name", "nameless") + "} "
                            + scope + " }"));

            assertThat(written.named("target_info").labels())
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of("__name__", "target_info", "job", "api", "host_name", "h", "cluster", "c"));
            assertThat(written.named("target_info").samples()).containsExactly("1.0 @30");
        }
    }

    @Test
    void targetInfoNeverGoesBackInTime() {
        try (Backend backend = new Backend()) {
            String resource = "resource_metrics { resource { " + attribute("service.name", "api") + attribute("a", "b")
                    + "} scope_metrics { " + gauge("g", "%s") + " } }";
            backend.send(Requests.batch(resource.replace("%s", point(30, "as_int: 1"))));
            backend.taken();

            Decoded older = backend.written(Requests.batch(
                    resource.replace("%s", point(20, "as_int: 1")) + resource.replace("%s", point(10, "as_int: 1"))));
            Decoded newer = backend.written(Requests.batch(
                    resource.replace("%s", point(50, "as_int: 1")) + resource.replace("%s", point(40, "as_int: 1"))));

            assertThat(older.series().keySet()).containsExactly("g{job=api}");
            assertThat(newer.named("target_info").samples()).containsExactly("1.0 @50");
        }
    }

    @Test
    void whoOnceSentATimeFarAheadBeginsAnewWhenThatIsForgotten() {
        String delta = "is_monotonic: true aggregation_temporality: AGGREGATION_TEMPORALITY_DELTA";
        String request = "resource_metrics { resource { " + attribute("service.name", "api") + attribute("a", "b")
                + "} scope_metrics { %s } }";
        try (Backend backend = new Backend()) {
            backend.send(Requests.batch(request.replace("%s", sum(delta, span(1000, 99_000_000, "as_int: 1")))));
            for (int minute = 1; minute < 15; minute++) {
                backend.pass(Duration.ofMinutes(1));
                backend.taken();
                backend.send(Requests.batch(request.replace(
                        "%s", sum(delta, span(minute * 60_000L, (minute + 1) * 60_000L, "as_int: " + minute)))));
            }

            Decoded last = backend.taken().getLast().decoded();
            assertThat(last.named("target_info").samples()).containsExactly("1.0 @900000");
            assertThat(last.named("s_total").samples())
                    .singleElement()
                    .asString()
                    .endsWith(".0 @900000");
            assertThat(dropped(backend, "overlap")).isBetween(9.0, 13.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, V2})
    void whatIsSilentIsForgottenAndFoundAgain(String message) {
        try (Backend backend = new Backend("protobuf_message", message, "target_info::enabled", false)) {
            String delta = "is_monotonic: true aggregation_temporality: AGGREGATION_TEMPORALITY_DELTA";
            backend.send(metrics(sum(delta, span(1000, 2000, "as_int: 1"))));
            backend.pass(Duration.ofMinutes(8));
            backend.send(metrics(gauge("g", point(1, "as_int: 1"))));
            backend.taken();
            backend.pass(Duration.ofMinutes(5));

            assertThat(backend.context().meters().value("exporter_prometheusremotewrite_series"))
                    .isEqualTo(1);
            Decoded written = backend.written(
                    metrics(sum(delta, span(2000, 3000, "as_int: 5")) + gauge("g", point(2, "as_int: 2"))));
            assertThat(written.named("s_total").samples())
                    .as("the sum was forgotten")
                    .singleElement()
                    .asString()
                    .startsWith("5.0");
            assertThat(written.named("g").samples()).containsExactly("2.0 @2");
        }
    }

    @Test
    void aSymbolIsInARequestOnceAlsoAfterMostWereForgotten() {
        try (Backend backend = new Backend("protobuf_message", V2)) {
            for (int i = 0; i < 20; i++) {
                backend.send(metrics(bounded(i, "0." + i + "5", 10)));
            }
            backend.pass(Duration.ofMinutes(5));

            backend.taken();
            Decoded written = backend.written(metrics(bounded(19, "0.195", 20) + bounded(20, "0.195", 20)));

            assertThat(written.symbols()).contains("0.195").doesNotHaveDuplicates();
        }
    }

    private static String bounded(int series, String bound, long millis) {
        return histogram(
                CUMULATIVE,
                point(
                        millis,
                        "count: 1 explicit_bounds: [" + bound + "] bucket_counts: [1, 0] "
                                + attribute("series", Integer.toString(series))));
    }

    private static final String DELTA = "AGGREGATION_TEMPORALITY_DELTA";
    private static final String CUMULATIVE = "AGGREGATION_TEMPORALITY_CUMULATIVE";

    static Telemetry metrics(String metrics) {
        return Requests.metrics(metrics);
    }

    static String gauge(String name, String... points) {
        return "metrics { name: \"" + name + "\" gauge { " + points(points) + " } } ";
    }

    static String sum(String settings, String... points) {
        return "metrics { name: \"s\" sum { " + settings + " " + points(points) + " } } ";
    }

    static String point(long millis, String rest) {
        return "time_unix_nano: " + millis * 1_000_000 + " " + rest;
    }

    static String span(long from, long to, String rest) {
        return "start_time_unix_nano: " + from * 1_000_000 + " " + point(to, rest);
    }

    private static String histogram(String temporality, String... points) {
        return "metrics { name: \"h\" histogram { aggregation_temporality: " + temporality + " " + points(points)
                + " } } ";
    }

    private static String exponential(String temporality, String... points) {
        return "metrics { name: \"e\" exponential_histogram { aggregation_temporality: " + temporality + " "
                + points(points) + " } } ";
    }

    private static String summary(String... points) {
        return "metrics { name: \"q\" summary { " + points(points) + " } } ";
    }

    private static String points(String... points) {
        return "data_points { " + String.join(" } data_points { ", points) + " }";
    }

    private static String attribute(String key, String value) {
        return Requests.attribute(key, value);
    }

    private static double dropped(Backend backend, String reason) {
        return backend.context()
                .meters()
                .value("exporter_prometheusremotewrite_dropped_points", Map.of("reason", reason));
    }
}
