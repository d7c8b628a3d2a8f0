package dev.sluice.promql.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.promql.histogram.Buckets;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.histogram.ResetHint;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.template.Sample;
import dev.sluice.promql.template.TemplateException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AlertTemplatesTest {
    private static final Labels LABELS = Labels.of(
            "__name__",
            "errors",
            "instance",
            "node-1.example.org:9100",
            "job",
            "api",
            "path",
            "/checkout",
            "code",
            "500");

    private static List<Sample> query(String query, long time) {
        assertThat(time).isEqualTo(1_700_000_000_123L);
        return switch (query) {
            case "up" ->
                List.of(
                        new Sample(Labels.of("__name__", "up", "instance", "b"), 1.0),
                        new Sample(Labels.of("__name__", "up", "instance", "a", "__value__", "x"), 0.0));
            case "none" -> List.of();
            default -> throw new TemplateException("query failed");
        };
    }

    private static AlertTemplates templates() {
        return new AlertTemplates(
                Labels.of("region", "eu"), URI.create("http://prom.example/base"), AlertTemplatesTest::query);
    }

    private static String expand(String template) {
        return templates().expand(template, new Expander.Data("Test", LABELS, 12.5, null, 1_700_000_000_123L));
    }

    /** Pairs of lines: a template, and behind a tab what Prometheus 3.16 makes of it; ⏎ stands for a new line. */
    static Stream<Arguments> fromPrometheus() throws IOException {
        try (InputStream in = AlertTemplatesTest.class.getResourceAsStream("/templates/alerts.txt")) {
            List<String> lines = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            List<Arguments> cases = new ArrayList<>();
            for (int i = 0; i < lines.size(); i += 2) {
                cases.add(Arguments.of(lines.get(i), lines.get(i + 1).substring(1)));
            }
            return cases.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("fromPrometheus")
    void expandsAsPrometheusDoes(String template, String expected) {
        assertThat(expand(template.replace("⏎", "\n")).replace("\n", "⏎")).isEqualTo(expected);
    }

    @Test
    void aHistogramIsTheValue() {
        NativeHistogram histogram = NativeHistogram.custom(ResetHint.UNKNOWN, 3, 6, new double[] {1}, Buckets.NONE);
        String text = templates().expand("{{ $value }}", new Expander.Data("Test", LABELS, 6, histogram, 0));
        assertThat(text).isEqualTo(histogram.toString());
    }
}
