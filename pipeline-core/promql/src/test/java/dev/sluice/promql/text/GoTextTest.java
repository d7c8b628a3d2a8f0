package dev.sluice.promql.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GoTextTest {
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
    void durationsAreReadAndShown(String text, String shown) throws GoDuration.DurationException {
        assertThat(GoDuration.text(GoDuration.parse(text))).isEqualTo(shown);
        assertThat(GoDuration.text(-GoDuration.parse("5m"))).isEqualTo("-5m");
    }

    @ParameterizedTest
    @CsvSource({
        "5, not a valid duration string: \"5\"",
        "m, not a valid duration string: \"m\"",
        "5x, unknown unit \"x\" in duration \"5x\"",
        "1m1h, not a valid duration string: \"1m1h\"",
        "300y, duration out of range"
    })
    void badDurationsSayWhy(String text, String problem) {
        assertThatThrownBy(() -> GoDuration.parse(text)).hasMessage(problem);
        assertThatThrownBy(() -> GoDuration.parse("")).hasMessage("empty duration string");
    }

    @Test
    void mathFollowsGoAtTheEdges() {
        assertThat(GoMath.log2(8)).isEqualTo(3);
        assertThat(GoMath.log2(Double.MIN_VALUE)).isEqualTo(-1074);
        assertThat(GoMath.log2(-1)).isNaN();
        assertThat(GoMath.log2(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(GoMath.pow(1, Double.NaN)).isEqualTo(1);
        assertThat(GoMath.pow(-1, Double.NEGATIVE_INFINITY)).isEqualTo(1);
        assertThat(GoMath.pow(2, 3)).isEqualTo(8);
        assertThat(GoMath.max(Double.NaN, Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(GoMath.min(Double.NEGATIVE_INFINITY, Double.NaN)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(GoMath.max(1, Double.NaN)).isNaN();
        assertThat(GoMath.asinh(Double.NEGATIVE_INFINITY)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(GoMath.acosh(0.5)).isNaN();
        assertThat(GoMath.atanh(2)).isNaN();
    }
}
