package dev.sluice.exporters.prometheusremotewrite;

import static dev.sluice.exporters.prometheusremotewrite.Points.CUMULATIVE;
import static dev.sluice.exporters.prometheusremotewrite.Points.V1;
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

import dev.sluice.exporters.prometheus.Requests;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What points become. Times in the texts are milliseconds. */
class TranslationTest {
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
            assertThat(backend.dropped("malformed")).isEqualTo(2);
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
}
