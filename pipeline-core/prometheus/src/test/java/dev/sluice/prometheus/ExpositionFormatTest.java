package dev.sluice.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpositionFormatTest {
    /** What Prometheus 3 sends. */
    private static final String PROMETHEUS = "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
            + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
            + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

    @Test
    void prometheusGetsOpenMetricsOnlyWhereThatIsEnabled() {
        assertThat(ExpositionFormat.negotiate(PROMETHEUS, true).contentType())
                .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8");
        assertThat(ExpositionFormat.negotiate(PROMETHEUS, false).contentType())
                .isEqualTo("text/plain; version=0.0.4; charset=utf-8; escaping=allow-utf-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                                                           | TEXT              | UNDERSCORES",
                "''                                                          | TEXT              | UNDERSCORES",
                "*/*                                                         | TEXT              | UNDERSCORES",
                "text/html,application/xml;q=0.9                             | TEXT              | UNDERSCORES",
                "text/plain;version=0.0.3                                    | TEXT              | UNDERSCORES",
                "text/plain; version=0.0.4; escaping=dots                    | TEXT              | DOTS",
                "text/plain; escaping=nonsense                               | TEXT              | UNDERSCORES",
                "application/openmetrics-text                                | OPENMETRICS_0_0_1 | UNDERSCORES",
                "application/openmetrics-text; version=2.0.0                 | TEXT              | UNDERSCORES",
                "application/openmetrics-text; version=1.0.0; escaping=values| OPENMETRICS_1_0_0 | VALUES",
                "text/plain;q=0.3, application/openmetrics-text;version=1.0.0;q=0.7 | OPENMETRICS_1_0_0 | UNDERSCORES",
                "text/plain;q=x, application/openmetrics-text;version=1.0.0;q=0.1 | OPENMETRICS_1_0_0 | UNDERSCORES",
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited | PROTOBUF | UNDERSCORES",
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text | TEXT | UNDERSCORES",
                "application/vnd.google.protobuf;proto=other;encoding=delimited | TEXT           | UNDERSCORES"
            })
    void theFirstKnownRangeByQualityWins(String accept, ExpositionFormat.Kind kind, Escaping escaping) {
        assertThat(ExpositionFormat.negotiate(accept, true)).isEqualTo(new ExpositionFormat(kind, escaping));
    }
}
