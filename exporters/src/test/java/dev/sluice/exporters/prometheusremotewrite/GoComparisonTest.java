package dev.sluice.exporters.prometheusremotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.exporters.prometheus.Requests;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The files {@code go-*} are the requests that the exporter of the Collector 0.158 sent, decompressed, after the first and the second
 * request of the {@code prometheus} exporter's {@code all.txtpb}. Left out of the comparison is what it does not send: start times, exemplars
 * of classic histograms in 2.0, metadata of {@code target_info} in 1.0.
 */
class GoComparisonTest {
    @Test
    void version1IsTheSame() throws IOException {
        try (Backend backend =
                new Backend("delta_to_cumulative", false, "send_metadata", true, "max_batch_request_parallelism", 1)) {
            List<Backend.Got> first = sent(backend, 0);

            assertThat(first.getFirst().decoded().lines())
                    .containsExactlyElementsOf(Decoded.v1(golden("go-v1.pb")).lines());
            assertThat(first.getLast().decoded().metadata())
                    .as("metadata of all that was sent, which deltas were not; target_info is ours")
                    .filteredOn(line -> !line.startsWith("target_info"))
                    .isNotEmpty()
                    .isSubsetOf(Decoded.v1(golden("go-v1-metadata.pb")).metadata());
            assertThat(sent(backend, 1).getFirst().decoded().lines())
                    .containsExactlyElementsOf(
                            Decoded.v1(golden("go-v1-second.pb")).lines());
        }
    }

    @Test
    void version2IsTheSameWithStartTimesAndExemplarsOfBuckets() throws IOException {
        try (Backend backend =
                new Backend("delta_to_cumulative", false, "protobuf_message", ProtobufMessage.WRITE_V2_REQUEST.key())) {
            Decoded given = sent(backend, 0).getFirst().decoded();
            Decoded golden = Decoded.v2(golden("go-v2.pb"));

            assertThat(comparable(given)).containsExactlyElementsOf(comparable(golden));
            assertThat(given.lines())
                    .filteredOn(line -> line.contains("_bucket{") && line.contains(" # "))
                    .hasSize(2);
            golden.series()
                    .forEach((name, series) -> assertThat(
                                    given.series().get(name).metadata())
                            .as(name)
                            .isEqualTo(series.metadata()));
            assertThat(comparable(sent(backend, 1).getFirst().decoded()))
                    .containsExactlyElementsOf(comparable(Decoded.v2(golden("go-v2-second.pb"))));
        }
    }

    @Test
    void chosenLabelsAndNamesWithoutSuffixesAreTheSame() throws IOException {
        sameInVersion1(
                "go-labels.pb",
                "namespace",
                "ns",
                "external_labels",
                Map.of("zone", "eu", "job", "mine"),
                "disable_scope_info",
                true,
                "resource_to_telemetry_conversion::enabled",
                true,
                "add_metric_suffixes",
                false,
                "target_info::enabled",
                false);
    }

    @Test
    void utf8NamesAreTheSame() throws IOException {
        sameInVersion2("go-utf8.pb", "translation_strategy", "NoUTF8EscapingWithSuffixes");
    }

    @Test
    void untranslatedNamesAreTheSame() throws IOException {
        sameInVersion2("go-untranslated.pb", "translation_strategy", "NoTranslation", "namespace", "n.s");
    }

    @Test
    void escapedNamesWithoutSuffixesAreTheSame() throws IOException {
        sameInVersion1("go-without-suffixes.pb", "translation_strategy", "UnderscoreEscapingWithoutSuffixes");
    }

    @Test
    void histogramsWithCustomBucketsBesideClassicOnesAreTheSameInVersion1() throws IOException {
        sameInVersion1("go-nhcb-v1.pb", "convert_explicit_histograms_to_nhcb", true, "keep_classic_histograms", true);
    }

    @Test
    void histogramsWithCustomBucketsAreTheSameInVersion2() throws IOException {
        sameInVersion2("go-nhcb-v2.pb", "convert_explicit_histograms_to_nhcb", true);
    }

    /** The first request, with these options: key and value in turn. */
    private static void sameInVersion1(String golden, Object... options) throws IOException {
        try (Backend backend = new Backend(and(options, "delta_to_cumulative", false))) {
            assertThat(sent(backend, 0).getFirst().decoded().lines())
                    .containsExactlyElementsOf(Decoded.v1(golden(golden)).lines());
        }
    }

    /** The first request but for what {@link #comparable} leaves out, with these options: key and value in turn. */
    private static void sameInVersion2(String golden, Object... options) throws IOException {
        try (Backend backend = new Backend(and(
                options, "delta_to_cumulative", false, "protobuf_message", ProtobufMessage.WRITE_V2_REQUEST.key()))) {
            assertThat(comparable(sent(backend, 0).getFirst().decoded()))
                    .containsExactlyElementsOf(comparable(Decoded.v2(golden(golden))));
        }
    }

    private static Object[] and(Object[] options, Object... more) {
        return Stream.of(options, more).flatMap(Stream::of).toArray();
    }

    private static List<String> comparable(Decoded decoded) {
        return decoded.lines().stream()
                .filter(line -> !line.contains("_bucket{") || !line.contains(" # "))
                .map(line -> line.replaceAll(" from \\d+ @", " @"))
                .toList();
    }

    private static List<Backend.Got> sent(Backend backend, int request) throws IOException {
        backend.send(Requests.batch(Requests.read("all.txtpb").get(request)));
        return backend.taken();
    }

    private static byte[] golden(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(GoComparisonTest.class.getResourceAsStream(file), file)) {
            return in.readAllBytes();
        }
    }
}
