package dev.sluice.promql.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GoTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0",
        "1, 1",
        "1e21, 1000000000000000000000",
        "0.1, 0.1",
        "4.9E-324, 4.9E-324",
        "NaN, NaN",
        "Infinity, +Inf",
        "-Infinity, -Inf",
        "123456.75, 123456.75"
    })
    void plainHasNoExponent(double value, String expected) {
        String plain = GoFloat.plain(value);
        assertThat(value == Double.MIN_VALUE ? plain.length() : plain)
                .isEqualTo(value == Double.MIN_VALUE ? "0.".length() + 324 : expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0",
        "1000000, 1e+06",
        "999999, 999999",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "-2.5e-7, -2.5e-07",
        "1.5e300, 1.5e+300",
        "NaN, NaN",
        "Infinity, +Inf"
    })
    void shortestGoesScientificAsGo(double value, String expected) {
        assertThat(GoFloat.g(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1234.5, 2, 1.2e+03",
        "12.5, 3, 12.5",
        "0.5, 2, 0.5",
        "100, 3, 100",
        "0, 2, 0",
        "NaN, 2, NaN",
        "0.000012345, 2, 1.2e-05",
        "7, 0, 7"
    })
    void digitsAreSignificant(double value, int digits, String expected) {
        assertThat(GoFloat.g(value, digits)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1.25, 1, 1.2", "-0.04, 1, -0.0", "2.5, 3, 2.500", "Infinity, 2, +Inf"})
    void fixedKeepsDecimals(double value, int decimals, String expected) {
        assertThat(GoFloat.fixed(value, decimals)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1234.5, 2, 1.23e+03", "0, 1, 0.0e+00", "-1, 0, -1e+00", "5e-7, 3, 5.000e-07", "-Infinity, 1, -Inf"})
    void exponentialHasTwoDigitsOfExponent(double value, int decimals, String expected) {
        assertThat(GoFloat.exponential(value, decimals)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0", "0.5, 0.5", "1000000, 1e+06", "Infinity, +Inf"})
    void openMetricsEndsInPointZero(double value, String expected) {
        assertThat(GoFloat.openMetrics(value)).isEqualTo(expected);
    }

    @Test
    void numbersAreReadAsGoReadsThem() {
        assertThat(GoFloat.parse("+Inf")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(GoFloat.parse("-infinity")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(GoFloat.parse("NaN")).isNaN();
        assertThat(GoFloat.parse("-1.5e3")).isEqualTo(-1500);
        for (String bad : new String[] {"", "-NaN", "1d", "0x10", "1e400", "1e", "a"}) {
            assertThat(GoFloat.parse(bad)).as(bad).isNull();
        }
    }

    @Test
    void quotesEscapeWhatIsNotPrintable() {
        assertThat(GoString.quote("a\"b\\\n\t\r\b\f\u0007\u000b\u0001\u00ad\u4e16\ud83d\ude00\ue000"))
                .isEqualTo("\"a\\\"b\\\\\\n\\t\\r\\b\\f\\a\\v\\x01\\u00ad\u4e16\ud83d\ude00\\ue000\"");
        assertThat(GoString.quote("\udcff")).isEqualTo("\"\\xff\"");
        assertThat(GoString.quote(new String(Character.toChars(0xe0001)))).isEqualTo("\"\\U000e0001\"");
        assertThat(GoString.quoteRune('\'')).isEqualTo("'\\''");
        assertThat(GoString.quote("ab\ud83d\ude00c", 3)).isEqualTo("\"ab\ud83d\ude00\"");
        assertThat(GoString.quote("ab", 3)).isEqualTo("\"ab\"");
    }

    @Test
    void orderIsThatOfCodePoints() {
        List<String> texts = new ArrayList<>(List.of("\ud83d\ude00", "\uff5e", "b", "a", "ab"));
        texts.sort(GoString::compare);
        assertThat(texts).containsExactly("a", "ab", "b", "\uff5e", "\ud83d\ude00");
        assertThat(GoString.utf8Length("a\u00e9\u4e16\ud83d\ude00", 5)).isEqualTo(10);
    }

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
