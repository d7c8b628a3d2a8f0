package dev.sluice.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NamesTest {
    /** Printed by prometheus/otlptranslator 1.0.0, with {@code !} before what is an error. */
    static Stream<String> table() throws IOException {
        try (InputStream in = Objects.requireNonNull(NamesTest.class.getResourceAsStream("metric-names.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"));
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void everyStrategyNamesMetricsAsTheGoTranslatorDoes(String row) {
        String[] cells = row.split("\\|", -1);

        for (TranslationStrategy strategy : TranslationStrategy.values()) {
            String expected = cells[4 + List.of(TranslationStrategy.values()).indexOf(strategy)];
            assertThat(nameOrError(new MetricNames(strategy, cells[3]), cells[0], cells[1], cells[2]))
                    .as("%s of %s", strategy.key(), row)
                    .isEqualTo(expected);
        }
    }

    private static String nameOrError(MetricNames names, String name, String unit, String kind) {
        try {
            return names.name(name, unit, MetricNames.Kind.valueOf(kind));
        } catch (IllegalArgumentException e) {
            return "!" + e.getMessage();
        }
    }

    /** The columns: the Collector's exporter, and Prometheus's own intake by default. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http.route | http_route | http_route",
                "1a         | key_1a     | key_1a",
                "_x         | _x         | key_x",
                "__x        | _x         | __x",
                "__x.y__    | __x_y__    | __x_y__",
                "a..b       | a_b        | a__b",
                "a__b       | a_b        | a__b",
                "a😀b       | a_b        | a_b",
                "ü          | -          | key_",
                "...        | -          | -",
                "__         | -          | -",
                "____       | -          | -"
            })
    void labelsAreNamedAsTheGoTranslatorDoes(String key, String collector, String prometheus) {
        assertThat(nameOrDash(LabelNames.collector(TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES), key))
                .isEqualTo(collector);
        assertThat(nameOrDash(LabelNames.PROMETHEUS, key)).isEqualTo(prometheus);
    }

    private static String nameOrDash(LabelNames names, String key) {
        try {
            return names.name(key);
        } catch (IllegalArgumentException e) {
            return "-";
        }
    }

    @Test
    void unescapedLabelNamesStayButForEmptyOnesAndUnderscores() {
        LabelNames names = LabelNames.collector(TranslationStrategy.NO_TRANSLATION);

        assertThat(names.name("...")).isEqualTo("...");
        assertThat(names.name("1ü")).isEqualTo("1ü");
        assertThatThrownBy(() -> names.name("__"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("label name \"__\" contains only underscores");
        assertThatThrownBy(() -> names.name(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("label name is empty");
    }

    @Test
    void labelsAreSortedAndEqualByContent() {
        Labels labels = Labels.of("b", "2", "a", "1");

        assertThat(labels).hasToString("{a=\"1\",b=\"2\"}").isEqualTo(Labels.of("a", "1", "b", "2"));
        assertThat(labels.hashCode()).isEqualTo(Labels.of("a", "1", "b", "2").hashCode());
        assertThat(labels).isNotEqualTo(Labels.of("a", "1"));
        assertThat(Labels.of()).isSameAs(Labels.EMPTY);
        assertThatThrownBy(() -> Labels.of("a", "1", "a", "2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("label a comes twice");
        assertThatThrownBy(() -> Labels.of("a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a label name without a value");
    }

    @Test
    void nativeBucketsAreEqualByContent() {
        NativeBuckets buckets = NativeBuckets.of(3, new long[] {1, 2});

        assertThat(buckets).isEqualTo(NativeBuckets.of(3, new long[] {1, 2})).hasToString("3[1, 2]");
        assertThat(buckets.hashCode())
                .isEqualTo(NativeBuckets.of(3, new long[] {1, 2}).hashCode());
        assertThat(buckets).isNotEqualTo(NativeBuckets.of(4, new long[] {1, 2}));
        assertThat(NativeBuckets.of(9, new long[0])).isSameAs(NativeBuckets.EMPTY);
    }

    @Test
    void unitsAreInPrometheussWords() {
        MetricNames escaped = new MetricNames(TranslationStrategy.of("", true), "");
        assertThat(escaped.unit("By/s")).isEqualTo("bytes_per_second");
        assertThat(escaped.unit("{request}")).isEmpty();
        assertThat(escaped.unit("1/s")).isEqualTo("per_second");
        assertThat(new MetricNames(TranslationStrategy.of("NoTranslation", true), "").unit("µs"))
                .isEqualTo("µs");
        assertThat(TranslationStrategy.of("other", false))
                .isEqualTo(TranslationStrategy.UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES);
    }
}
