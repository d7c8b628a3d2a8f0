package dev.sluice.promql.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusDurationTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "90s, 1m30s",
        "1h30m, 1h30m",
        "7d, 1w",
        "8d, 8d",
        "365d, 1y",
        "1500ms, 1s500ms",
        "1y2w3d4h5m6s7ms, 382d4h5m6s7ms"
    })
    void areReadAndShown(String text, String shown) throws PrometheusDuration.DurationException {
        assertThat(PrometheusDuration.text(PrometheusDuration.parse(text))).isEqualTo(shown);
        assertThat(PrometheusDuration.text(-PrometheusDuration.parse("5m"))).isEqualTo("-5m");
    }

    @ParameterizedTest
    @CsvSource({
        "5, not a valid duration string: \"5\"",
        "m, not a valid duration string: \"m\"",
        "5x, unknown unit \"x\" in duration \"5x\"",
        "1m1h, not a valid duration string: \"1m1h\"",
        "300y, duration out of range"
    })
    void badOnesSayWhy(String text, String problem) {
        assertThatThrownBy(() -> PrometheusDuration.parse(text)).hasMessage(problem);
        assertThatThrownBy(() -> PrometheusDuration.parse("")).hasMessage("empty duration string");
    }
}
