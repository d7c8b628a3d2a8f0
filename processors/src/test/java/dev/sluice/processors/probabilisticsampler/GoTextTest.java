package dev.sluice.processors.probabilisticsampler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Right columns were printed by Go 1.26. */
class GoTextTest {
    @Test
    void quotedTextShowsWhatCannotBePrinted() {
        assertThat(GoText.quote("a\0é\"\u2028😀\u0007\u007f\u00a0\u200b\\\b\f\n\r\t\u000b \udb40\udc01"))
                .isEqualTo("\"a\\x00é\\\"\\u2028😀\\a\\x7f\\u00a0\\u200b\\\\\\b\\f\\n\\r\\t\\v \\U000e0001\"");
    }

    @ParameterizedTest
    @CsvSource({
        "1_000, 1000",
        "1e1_0, 1e10",
        "0x1p-2, 0.25",
        "0x_1p0, 1",
        "-0X.8P+1, -1",
        "0x1.8p1, 3",
        "inf, Infinity",
        "+Infinity, Infinity",
        "-iNf, -Infinity",
        ".5, 0.5",
        "5., 5",
        "+1, 1",
        "1e-400, 0"
    })
    void numberInAnyOfGosNotationsIsRead(String text, double value) {
        assertThat(GoText.parseFloat(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "1e", "1e+", "--1", "nan", "infinit", " 1", "1 ", "1d", "1f", "0x1", "0x", "0b1", "1e400",
                "_1", "1_", "1__0", "1_.5", "0x1p_1", "0x1p1d", "٣", "high", "NaN", "0x1_p1"
            })
    void whatGoDoesNotReadIsNoNumber(String text) {
        assertThat(GoText.parseFloat(text)).isNaN();
    }
}
