package dev.sluice.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextWriterTest {
    private static final ExpositionFormat OPENMETRICS =
            new ExpositionFormat(ExpositionFormat.Kind.OPENMETRICS_1_0_0, Escaping.ALLOW_UTF_8);
    private static final ExpositionFormat TEXT = new ExpositionFormat(ExpositionFormat.Kind.TEXT, Escaping.ALLOW_UTF_8);
    private static final Labels A = Labels.of("a", "x");
    private static final Sample.Times TIMED = new Sample.Times(1_700_000_000_123L, 1_600_000_000_000_000_000L);

    @Test
    void everyTypeInText004IsWhatTheGoClientWrites() {
        assertThat(text(TEXT, Families.all())).isEqualTo("""
                        # HELP requests_total How many\\n"requests" \\\\ all
                        # TYPE requests_total counter
                        requests_total{code="200",quote="\\"\\\\\\n"} 1.234567e+06 1700000000123
                        requests_total 3
                        # HELP temperature\s
                        # TYPE temperature gauge
                        temperature -0.5
                        temperature{a="x"} NaN
                        # HELP thing ?
                        # TYPE thing untyped
                        thing +Inf
                        # HELP latency_seconds Time
                        # TYPE latency_seconds histogram
                        latency_seconds_bucket{a="x",le="0.005"} 1
                        latency_seconds_bucket{a="x",le="1"} 2
                        latency_seconds_bucket{a="x",le="+Inf"} 2.5e+06
                        latency_seconds_sum{a="x"} 12.25
                        latency_seconds_count{a="x"} 2.5e+06
                        # HELP size_bytes Size
                        # TYPE size_bytes histogram
                        size_bytes_bucket{le="+Inf"} 7
                        size_bytes_sum 5
                        size_bytes_count 7
                        # HELP rpc_seconds Rpc
                        # TYPE rpc_seconds summary
                        rpc_seconds{quantile="0.5"} 1
                        rpc_seconds{quantile="0.99"} 2.5
                        rpc_seconds_sum 10
                        rpc_seconds_count 4
                        """);
    }

    @Test
    void everyTypeInOpenMetricsIsWhatTheGoClientWrites() {
        assertThat(text(OPENMETRICS, Families.all())).isEqualTo("""
                        # HELP requests How many\\n\\"requests\\" \\\\ all
                        # TYPE requests counter
                        requests_total{code="200",quote="\\"\\\\\\n"} 1.234567e+06 1.700000000123e+09 # {trace_id="ab"} 0.5 1.7000000005e+09
                        requests_total 3.0
                        # HELP temperature\s
                        # TYPE temperature gauge
                        temperature -0.5
                        temperature{a="x"} NaN
                        # HELP thing ?
                        # TYPE thing unknown
                        thing +Inf
                        # HELP latency_seconds Time
                        # TYPE latency_seconds histogram
                        # UNIT latency_seconds seconds
                        latency_seconds_bucket{a="x",le="0.005"} 1
                        latency_seconds_bucket{a="x",le="1.0"} 2 # {span_id="cd",trace_id="ab"} 0.7
                        latency_seconds_bucket{a="x",le="+Inf"} 2500000
                        latency_seconds_sum{a="x"} 12.25
                        latency_seconds_count{a="x"} 2500000
                        # HELP size_bytes Size
                        # TYPE size_bytes histogram
                        size_bytes_bucket{le="+Inf"} 7
                        size_bytes_sum 5.0
                        size_bytes_count 7
                        # HELP rpc_seconds Rpc
                        # TYPE rpc_seconds summary
                        rpc_seconds{quantile="0.5"} 1.0
                        rpc_seconds{quantile="0.99"} 2.5
                        rpc_seconds_sum 10.0
                        rpc_seconds_count 4
                        # EOF
                        """);
    }

    @Test
    void aCounterWithoutTotalIsUnknownToOpenMetrics() {
        MetricFamily family =
                new MetricFamily("hits", MetricType.COUNTER, "", List.of(new Sample.Value(Labels.EMPTY, 1)));

        assertThat(text(OPENMETRICS, List.of(family)))
                .isEqualTo("# HELP hits \n# TYPE hits unknown\nhits 1.0\n# EOF\n");
    }

    @Test
    void namesOutsideTheOldAlphabetAreQuotedOrEscapedAsTheScraperAsks() {
        MetricFamily family = new MetricFamily(
                "http.größe",
                MetricType.GAUGE,
                "ü",
                List.of(new Sample.Value(Labels.EMPTY, 1), new Sample.Value(Labels.of("a.b", "ö"), 2)));

        assertThat(text(TEXT, List.of(family))).isEqualTo("""
                        # HELP "http.größe" ü
                        # TYPE "http.größe" gauge
                        {"http.größe"} 1
                        {"http.größe","a.b"="ö"} 2
                        """);
        assertThat(text(new ExpositionFormat(ExpositionFormat.Kind.TEXT, Escaping.UNDERSCORES), List.of(family)))
                .contains("http_gr__e{a_b=\"ö\"} 2\n");
        assertThat(text(new ExpositionFormat(ExpositionFormat.Kind.TEXT, Escaping.DOTS), List.of(family)))
                .contains("http_dot_gr____e{a_dot_b=\"ö\"} 2\n");
        assertThat(text(new ExpositionFormat(ExpositionFormat.Kind.TEXT, Escaping.VALUES), List.of(family)))
                .contains("U__http_2e_gr_f6__df_e{U__a_2e_b=\"ö\"} 2\n");
    }

    @Test
    void aSampleOfAnotherKindIsRefused() {
        ExpositionWriter writer = ExpositionWriter.of(TEXT);
        writer.begin(new MetricFamily.Header("a", MetricType.SUMMARY, "", ""));

        assertThatThrownBy(() -> writer.sample(new Sample.Value(Labels.EMPTY, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a sample of another kind in the summary a");
    }

    @Test
    void piecesTakenOnTheWayAddUpToTheWhole() {
        List<Sample.Value> samples = IntStream.range(0, 20_000)
                .mapToObj(i -> new Sample.Value(Labels.of("series", "number " + i), i))
                .toList();
        MetricFamily family = new MetricFamily("many", MetricType.GAUGE, "Many", samples);
        StringBuilder pieces = new StringBuilder();
        ExpositionWriter writer = ExpositionWriter.of(TEXT);

        writer.begin(family.header());
        for (int i = 0; i < samples.size(); i++) {
            writer.sample(samples.get(i));
            if (i % 777 == 0) {
                pieces.append(new String(writer.take().toByteArray(), StandardCharsets.UTF_8));
            }
        }
        writer.end();
        pieces.append(new String(writer.finish().toByteArray(), StandardCharsets.UTF_8));

        assertThat(pieces.toString()).isEqualTo(text(TEXT, List.of(family))).hasLineCount(20_002);
    }

    /** The right column was printed by Go 1.26's strconv.FormatFloat(v, 'g', -1, 64). */
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "10, 10",
        "-0.0, 0",
        "999999, 999999",
        "1e6, 1e+06",
        "1234567, 1.234567e+06",
        "123456789, 1.23456789e+08",
        "1e20, 1e+20",
        "1e21, 1e+21",
        "1.5e20, 1.5e+20",
        "123456.5, 123456.5",
        "1234567.5, 1.2345675e+06",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "0.000012345, 1.2345e-05",
        "1e100, 1e+100",
        "2e23, 2e+23",
        "-1234567.25, -1.23456725e+06",
        "0.1, 0.1",
        "1e-7, 1e-07",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "1700000000.123, 1.700000000123e+09",
        "999999.5, 999999.5",
        "-0.25, -0.25",
        "Infinity, +Inf",
        "-Infinity, -Inf"
    })
    void numbersLookAsGoPrintsThem(double value, String printed) {
        Output out = new Output();

        Numbers.put(out, value);

        assertThat(new String(out.take().toByteArray(), StandardCharsets.US_ASCII))
                .isEqualTo(printed);
    }

    @Test
    void countsAreUnsigned() {
        Sample.Histogram histogram = new Sample.Histogram(A, TIMED, -1, null, List.of());
        MetricFamily family = new MetricFamily("h", MetricType.HISTOGRAM, "", List.of(histogram));

        assertThat(text(OPENMETRICS, List.of(family)))
                .contains("h_count{a=\"x\"} 18446744073709551615 1.700000000123e+09\n");
        assertThat(text(TEXT, List.of(family))).contains("h_count{a=\"x\"} 1.8446744073709552e+19 1700000000123\n");
    }

    private static String text(ExpositionFormat format, List<MetricFamily> families) {
        return new String(ExpositionWriter.write(format, families).toByteArray(), StandardCharsets.UTF_8);
    }
}
