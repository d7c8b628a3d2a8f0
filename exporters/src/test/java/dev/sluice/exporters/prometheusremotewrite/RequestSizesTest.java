package dev.sluice.exporters.prometheusremotewrite;

import static dev.sluice.exporters.prometheusremotewrite.Points.CUMULATIVE;
import static dev.sluice.exporters.prometheusremotewrite.Points.V1;
import static dev.sluice.exporters.prometheusremotewrite.Points.V2;
import static dev.sluice.exporters.prometheusremotewrite.Points.attribute;
import static dev.sluice.exporters.prometheusremotewrite.Points.gauge;
import static dev.sluice.exporters.prometheusremotewrite.Points.histogram;
import static dev.sluice.exporters.prometheusremotewrite.Points.metrics;
import static dev.sluice.exporters.prometheusremotewrite.Points.point;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much a request has, and that it has it once. */
class RequestSizesTest {
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
}
