package dev.sluice.exporters.prometheusremotewrite;

import static dev.sluice.exporters.prometheusremotewrite.Backend.counts;
import static dev.sluice.exporters.prometheusremotewrite.Points.gauge;
import static dev.sluice.exporters.prometheusremotewrite.Points.metrics;
import static dev.sluice.exporters.prometheusremotewrite.Points.point;
import static dev.sluice.exporters.prometheusremotewrite.Points.span;
import static dev.sluice.exporters.prometheusremotewrite.Points.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Telemetry;
import dev.sluice.api.config.Secret;
import dev.sluice.exporters.prometheus.Requests;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Loop;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of requests, by the answers of a real server. */
class DeliveryTest {
    private static final String V2 = "io.prometheus.write.v2.Request";
    private static final Telemetry ONE = metrics(gauge("g", point(1, "as_int: 1")));

    @ParameterizedTest
    @CsvSource({
        "prometheus.WriteRequest, application/x-protobuf, 0.1.0",
        "io.prometheus.write.v2.Request, application/x-protobuf;proto=io.prometheus.write.v2.Request, 2.0.0"
    })
    void headersAreThoseOfTheSpecification(String message, String contentType, String version) {
        try (Backend backend =
                new Backend("protobuf_message", message, "include_metadata_keys", List.of("X-Org", "absent"))) {
            backend.send(Telemetry.of(
                    Signal.METRICS, ONE.wire(), new Origin("http", "", Map.of("x-org", "blue", "other", "no"))));

            assertThat(backend.taken()).singleElement().satisfies(got -> {
                assertThat(got.headers().get("content-type")).isEqualTo(contentType);
                assertThat(got.headers().get("content-encoding")).isEqualTo("snappy");
                assertThat(got.headers().get("x-prometheus-remote-write-version"))
                        .isEqualTo(version);
                assertThat(got.headers().get("user-agent")).startsWith("Sluice/");
                assertThat(got.headers().get("x-org")).isEqualTo("blue");
                assertThat(got.headers().contains("other")).isFalse();
                assertThat(got.headers().contains("absent")).isFalse();
            });
            assertThat(backend.context().meters().value("exporter_prometheusremotewrite_sent_batches"))
                    .isEqualTo(1);
            assertThat(backend.context().meters().value("exporter_prometheusremotewrite_translated_time_series"))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatTheProtocolSaysOfARequestNoHeaderOfTheConfigurationChanges() {
        try (Backend backend = new Backend(
                "headers",
                Map.of(
                        "Content-Type", new Secret("text/plain"),
                        "content-encoding", new Secret("gzip"),
                        "User-Agent", new Secret("curl"),
                        "X-Prometheus-Remote-Write-Version", new Secret("9"),
                        "X-Org", new Secret("blue")))) {
            backend.send(ONE);

            assertThat(backend.taken()).singleElement().satisfies(got -> {
                assertThat(got.headers().getAll("content-type")).containsExactly("application/x-protobuf");
                assertThat(got.headers().getAll("content-encoding")).containsExactly("snappy");
                assertThat(got.headers().get("user-agent")).startsWith("Sluice/");
                assertThat(got.headers().getAll("x-prometheus-remote-write-version"))
                        .containsExactly("0.1.0");
                assertThat(got.headers().get("x-org")).isEqualTo("blue");
            });
        }
    }

    @Test
    void aRedirectIsFinalAndTellsWhereTo() {
        try (Backend backend = new Backend()
                .answering(response -> response.setStatusCode(308)
                        .putHeader("location", "https://there/write")
                        .end())) {
            assertThat(backend.send(ONE))
                    .isEqualTo(
                            Outcome.permanent(
                                    Reason.INVALID,
                                    "remote write request failed: 308, a redirect to https://there/write, which is not followed: set the endpoint to it"));
            assertThat(backend.taken()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"400,INVALID", "401,UNAUTHENTICATED", "403,FORBIDDEN", "404,INVALID", "413,TOO_LARGE", "301,INVALID"})
    void otherRefusalsAreFinalAndTellTheBody(int status, Reason reason) {
        try (Backend backend = new Backend()
                .answering(response -> response.setStatusCode(status).end("out of bounds\n"))) {
            assertThat(backend.send(ONE))
                    .isEqualTo(Outcome.permanent(reason, "remote write request failed: " + status + ": out of bounds"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 415})
    void anEndpointThatDoesNotKnowTheVersionIsToldOf(int status) {
        try (Backend backend = new Backend("protobuf_message", V2).answering(status)) {
            assertThat(backend.send(ONE))
                    .isEqualTo(Outcome.permanent(
                            Reason.INVALID,
                            "remote write request failed: " + status
                                    + "; the endpoint may know another protobuf_message than " + V2));
        }
    }

    @Test
    void anEndpointThatTakesVersion2ForVersion1HasWrittenNothing() {
        try (Backend backend = new Backend("protobuf_message", V2).answering(204)) {
            assertThat(backend.send(ONE))
                    .isEqualTo(Outcome.permanent(
                            Reason.INVALID,
                            "the endpoint has written nothing: it answers without X-Prometheus-Remote-Write-Samples-Written, "
                                    + "and may know another protobuf_message than " + V2));
        }
    }

    @Test
    void ofTheCountsThatAreMissingNothingWasWritten() {
        try (Backend backend = new Backend("protobuf_message", V2)
                .answering(response -> response.setStatusCode(200)
                        .putHeader("X-Prometheus-Remote-Write-Exemplars-Written", "0")
                        .end())) {
            assertThat(backend.send(many(4)))
                    .isEqualTo(new Outcome.Accepted(4, "the endpoint has not written 4 samples"));
        }
    }

    @ParameterizedTest
    @CsvSource({"429,OVERLOADED", "500,UNAVAILABLE", "503,UNAVAILABLE"})
    void passingRefusalsAreRetryableAfterTheTimeAskedFor(int status, Reason reason) {
        try (Backend backend = new Backend()
                .answering(response -> response.setStatusCode(status)
                        .putHeader("retry-after", "17")
                        .end())) {
            assertThat(backend.send(ONE))
                    .isEqualTo(Outcome.retryable(
                            reason, "remote write request failed: " + status, Duration.ofSeconds(17)));
        }
    }

    @Test
    void noAnswerInTimeIsRetryable() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        try (Backend backend = new Backend().answering(response -> arrived.countDown())) {
            Future<Outcome> outcome = backend.begin(ONE);
            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(outcome.isComplete()).isFalse();

            backend.pass(Duration.ofSeconds(5));

            assertThat(Loop.await(outcome)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
                assertThat(refused.message()).contains("deadline exceeded");
            });
        }
    }

    @Test
    void noServerIsRetryable() {
        try (Backend backend = new Backend("endpoint", "http://127.0.0.1:1/api/v1/write")) {
            assertThat(backend.send(ONE))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE));
        }
    }

    @Test
    void aRetryAddsNoDeltaTwice() {
        Telemetry batch = metrics(sum(
                "is_monotonic: true aggregation_temporality: AGGREGATION_TEMPORALITY_DELTA",
                span(1000, 2000, "as_int: 3")));
        try (Backend backend = new Backend().answering(503)) {
            backend.send(batch);
            backend.send(batch);
            backend.writingEverything();
            assertThat(backend.send(batch)).isEqualTo(Outcome.ACCEPTED);

            assertThat(backend.taken())
                    .hasSize(3)
                    .allSatisfy(got ->
                            assertThat(got.decoded().named("s_total").samples()).containsExactly("3.0 @2000"));
        }
    }

    @Test
    void aRetrySendsOnlyTheRequestsThatFailed() {
        try (Backend backend = new Backend("max_batch_size_bytes", 300, "max_batch_request_parallelism", 1)) {
            List<Integer> statuses = new ArrayList<>(List.of(204, 400, 503));
            backend.answering(response -> response.setStatusCode(statuses.isEmpty() ? 204 : statuses.removeFirst())
                    .end());
            Telemetry batch = many(20);

            assertThat(backend.send(batch))
                    .isEqualTo(
                            Outcome.retryable(Reason.UNAVAILABLE, "remote write request failed: 503", Duration.ZERO));
            List<Backend.Got> first = backend.taken();
            assertThat(first).hasSize(3);
            Outcome outcome = backend.send(batch);
            List<Backend.Got> second = backend.taken();

            assertThat(second.getFirst().body()).isEqualTo(first.getLast().body());
            int refused = first.get(1).decoded().lines().size();
            assertThat(outcome).isEqualTo(new Outcome.Accepted(refused, "remote write request failed: 400"));
            int sent = first.stream()
                            .limit(2)
                            .mapToInt(got -> got.decoded().lines().size())
                            .sum()
                    + second.stream()
                            .mapToInt(got -> got.decoded().lines().size())
                            .sum();
            assertThat(sent).isEqualTo(20);
        }
    }

    @Test
    void severalRequestsAreUnderWayAtATimeButNoMoreThanAllowed() throws Exception {
        List<HttpServerResponse> open = new ArrayList<>();
        CountDownLatch three = new CountDownLatch(3);
        try (Backend backend = new Backend("max_batch_size_bytes", 300, "max_batch_request_parallelism", 3)
                .answering(response -> {
                    open.add(response);
                    three.countDown();
                })) {
            Future<Outcome> outcome = backend.begin(many(20));
            assertThat(three.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(backend.taken()).hasSize(3);
            backend.answering(204);
            for (HttpServerResponse response : open) {
                response.setStatusCode(204).end();
            }
            assertThat(Loop.await(outcome)).isEqualTo(Outcome.ACCEPTED);
        }
    }

    @Test
    void whatIsRefusedCountsPointsOfOneMillisecondEach() {
        Telemetry batch = metrics(gauge("g", point(1, "as_int: 1"))
                + "metrics { name: \"h\" histogram { aggregation_temporality: AGGREGATION_TEMPORALITY_CUMULATIVE data_points { "
                + point(1, "count: 1 } data_points { ") + point(1, "count: 2") + " } } }");
        try (Backend backend = new Backend("max_batch_size_bytes", 100, "max_batch_request_parallelism", 1)) {
            List<Integer> statuses = new ArrayList<>(List.of(204, 400));
            backend.answering(
                    response -> response.setStatusCode(statuses.removeFirst()).end());

            assertThat(backend.send(batch)).isEqualTo(new Outcome.Accepted(2, "remote write request failed: 400"));
        }
    }

    @Test
    void laterPointsOfAHistogramWaitForTheRequestWithTheEarlierOnes() {
        String points = IntStream.rangeClosed(1, 30)
                .mapToObj(i -> point(i, "count: " + i + " bucket_counts: [" + i + "]"))
                .collect(Collectors.joining(" } data_points { "));
        Telemetry batch = metrics(
                "metrics { name: \"h\" histogram { aggregation_temporality: AGGREGATION_TEMPORALITY_CUMULATIVE data_points { "
                        + points + " } } }");
        try (Backend backend = new Backend("max_batch_size_bytes", 400, "max_batch_request_parallelism", 5)) {
            backend.send(batch);

            List<String> counts = backend.taken().stream()
                    .flatMap(got -> got.decoded().named("h_count").samples().stream())
                    .toList();
            assertThat(counts)
                    .isEqualTo(IntStream.rangeClosed(1, 30)
                            .mapToObj(i -> i + ".0 @" + i)
                            .toList());
        }
    }

    @Test
    void whatTheEndpointHasWrittenIsCounted() {
        try (Backend backend = new Backend("protobuf_message", V2)
                .answering(
                        response -> counts(response.setStatusCode(204), 3, 1, 2).end())) {
            assertThat(backend.send(many(4))).isEqualTo(Outcome.ACCEPTED);
            assertThat(backend.context().meters().value("exporter_prometheusremotewrite_written_samples"))
                    .isEqualTo(3);
            assertThat(backend.context().meters().value("exporter_prometheusremotewrite_written_histograms"))
                    .isEqualTo(1);
            assertThat(backend.context().meters().value("exporter_prometheusremotewrite_written_exemplars"))
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"204,the endpoint has not written 3 samples", "400,remote write request failed: 400"})
    void whatTheEndpointHasNotWrittenIsRejected(int status, String message) {
        try (Backend backend = new Backend("protobuf_message", V2)
                .answering(response ->
                        counts(response.setStatusCode(status), 1, 0, 0).end())) {
            assertThat(backend.send(many(4))).isEqualTo(new Outcome.Accepted(3, message));
        }
    }

    @Test
    void samplesThatWereNotWrittenCountAsTheirPoint() {
        Telemetry histogram = metrics(
                "metrics { name: \"h\" histogram { aggregation_temporality: AGGREGATION_TEMPORALITY_CUMULATIVE data_points { "
                        + point(1, "count: 1 sum: 1 explicit_bounds: [1] bucket_counts: [1, 0]") + " } } }");
        try (Backend backend = new Backend("protobuf_message", V2)
                .answering(
                        response -> counts(response.setStatusCode(200), 1, 0, 0).end())) {
            assertThat(backend.send(histogram))
                    .isEqualTo(new Outcome.Accepted(1, "the endpoint has not written 3 samples"));
        }
    }

    @Test
    void aRefusalThatWroteNothingIsARefusalInVersion2Too() {
        try (Backend backend = new Backend("protobuf_message", V2)
                .answering(
                        response -> counts(response.setStatusCode(400), 0, 0, 0).end())) {
            assertThat(backend.send(many(4)))
                    .isEqualTo(Outcome.permanent(Reason.INVALID, "remote write request failed: 400"));
        }
    }

    /** Gauges of one name. */
    private static Telemetry many(int series) {
        return metrics(gauge(
                "g",
                IntStream.range(0, series)
                        .mapToObj(
                                i -> point(1, "as_int: " + i + " " + Requests.attribute("number", Integer.toString(i))))
                        .toArray(String[]::new)));
    }
}
