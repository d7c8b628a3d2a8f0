package dev.sluice.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The files {@code go-*} are what the exporter of the Collector 0.158 answered after the requests of {@code all.txtpb}. Some things are
 * left out of the comparison: the order of lines and that of an exemplar's labels, which is random there; {@code target_info}, for which the Collector takes any of the
 * resources with the same job and instance; and {@code payload.delta}, where the Collector loses a series to a fault in its own sum of
 * exponential histograms ("the sum of all bucket populations exceeds the count of observations").
 */
class GoComparisonTest {
    private static final String UTF_8 = ";escaping=allow-utf-8";
    private static final String TRACE_LABEL = "trace_id=\"0102030405060708090a0b0c0d0e0f10\"";
    private static final String SPAN_LABEL = "span_id=\"0102030405060708\"";

    @Test
    void theDefaultConfigurationAnswersTheSameText() throws IOException {
        try (Running exporter = Running.with()) {
            sendAll(exporter);

            assertThat(lines(exporter.scrape(Running.TEXT))).containsExactlyElementsOf(golden("go-default.txt"));
        }
    }

    @Test
    void openMetricsIsTheSameWithExemplars() throws IOException {
        try (Running exporter = Running.with("enable_open_metrics", true)) {
            sendAll(exporter);

            assertThat(lines(exporter.scrape(Running.OPENMETRICS))).containsExactlyElementsOf(golden("go-default.om"));
        }
    }

    @Test
    void utf8NamesWithSuffixesNamespaceConstantAndResourceLabelsAndTimestampsAreTheSame() throws IOException {
        try (Running exporter = Running.with(
                "translation_strategy",
                "NoUTF8EscapingWithSuffixes",
                "send_timestamps",
                true,
                "namespace",
                "my-ns",
                "const_labels",
                Map.of("another label", "spaced value", "zone", "eu"),
                "resource_to_telemetry_conversion",
                new PrometheusExporterConfig.ResourceToTelemetry(true, false),
                "without_scope_info",
                true)) {
            sendAll(exporter);

            List<String> given = lines(exporter.scrape(Running.TEXT + UTF_8));

            // The Collector tells the help of whichever series it meets first, this one that of the first that came.
            assertThat(given)
                    .usingElementComparator(Comparator.comparing(line -> line.replace("Other words", "All")))
                    .containsExactlyElementsOf(golden("go-utf8.txt"));
        }
    }

    @Test
    void untranslatedNamesAreTheSame() throws IOException {
        try (Running exporter = Running.with("translation_strategy", "NoTranslation")) {
            sendAll(exporter);

            assertThat(lines(exporter.scrape(Running.TEXT + UTF_8)))
                    .containsExactlyElementsOf(golden("go-untranslated.txt"));
        }
    }

    @Test
    void whereTheCollectorLosesSeriesToLabelsThatCollideTheOthersAreTheSame() throws IOException {
        try (Running exporter = Running.with(
                "translation_strategy",
                "UnderscoreEscapingWithoutSuffixes",
                "namespace",
                "my-ns",
                "resource_to_telemetry_conversion",
                new PrometheusExporterConfig.ResourceToTelemetry(true, true))) {
            sendAll(exporter);

            List<String> given = lines(exporter.scrape(Running.TEXT));

            assertThat(given)
                    .containsAll(golden("go-namespace.txt").stream()
                            .map(line -> line.replace("Other words", "All"))
                            .toList())
                    .anyMatch(line -> line.startsWith("my_ns_cpu_use{host_name=\"h\\\"1;second\",instance="));
        }
    }

    @Test
    void protobufCarriesTheSameMessages() throws IOException {
        try (Running exporter = Running.with();
                InputStream golden = Objects.requireNonNull(getClass().getResourceAsStream("go-default.pb"))) {
            sendAll(exporter);
            HttpResponse<byte[]> answer = exporter.get(
                    "/metrics", HttpResponse.BodyHandlers.ofByteArray(), "Accept", Running.PROTOBUF + UTF_8);

            assertThat(messages(new ByteArrayInputStream(answer.body()))).containsExactlyElementsOf(messages(golden));
        }
    }

    private static void sendAll(Running exporter) throws IOException {
        for (byte[] request : Requests.read("all.txtpb")) {
            exporter.send(Requests.batch(request));
        }
    }

    private static List<String> lines(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return compared(answer.body());
    }

    private static List<String> golden(String file) throws IOException {
        return compared(Requests.text(file));
    }

    private static boolean isCompared(String line) {
        return !line.contains("payload_delta") && !line.contains("payload.delta") && !line.contains("target_info");
    }

    private static List<String> compared(String text) {
        return text.lines()
                .filter(GoComparisonTest::isCompared)
                .map(line -> line.replace(TRACE_LABEL + "," + SPAN_LABEL, SPAN_LABEL + "," + TRACE_LABEL))
                .sorted()
                .toList();
    }

    private static List<String> messages(InputStream in) throws IOException {
        List<String> messages = new ArrayList<>();
        for (Metrics.MetricFamily family = Metrics.MetricFamily.parseDelimitedFrom(in);
                family != null;
                family = Metrics.MetricFamily.parseDelimitedFrom(in)) {
            if (!family.getName().equals("target_info") && !family.getName().startsWith("payload_delta")) {
                for (Metrics.Metric metric : family.getMetricList()) {
                    messages.add(family.toBuilder()
                            .clearMetric()
                            .addMetric(sorted(metric))
                            .build()
                            .toString());
                }
            }
        }
        messages.sort(Comparator.naturalOrder());
        return messages;
    }

    private static Metrics.Metric sorted(Metrics.Metric metric) {
        if (!metric.getCounter().hasExemplar()) {
            return metric;
        }
        Metrics.Metric.Builder sorted = metric.toBuilder();
        Metrics.Exemplar.Builder exemplar = sorted.getCounterBuilder().getExemplarBuilder();
        List<Metrics.LabelPair> labels = new ArrayList<>(exemplar.getLabelList());
        labels.sort(Comparator.comparing(Metrics.LabelPair::getName));
        exemplar.clearLabel().addAllLabel(labels);
        return sorted.build();
    }
}
