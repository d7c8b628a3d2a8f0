package dev.sluice.gotext;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoFloatTest {
    /** What {@code floats.go}, beside it, has printed. */
    @Test
    void everyNotationOfNumbersOfEverySizeIsWhatGoPrints() throws IOException {
        int numbers = 0;
        try (InputStream printed = Objects.requireNonNull(getClass().getResourceAsStream("floats.txt.gz"));
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(printed), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] go = line.split(" ");
                double value = Double.longBitsToDouble(Long.parseUnsignedLong(go[0]));
                int digits = Integer.parseInt(go[1]);
                float single = Float.intBitsToFloat(Integer.parseUnsignedInt(go[10]));
                String[] ours = {
                    go[0],
                    go[1],
                    GoFloat.g(value),
                    GoFloat.plain(value),
                    GoFloat.exponential(value),
                    GoFloat.text(value),
                    GoFloat.fixed(value),
                    GoFloat.g(value, digits),
                    GoFloat.fixed(value, digits),
                    GoFloat.exponential(value, digits),
                    go[10],
                    GoFloat.g(single)
                };
                assertThat(ours).isEqualTo(go);
                assertThat(GoFloat.parse(go[2])).isEqualTo(value);
                numbers++;
            }
        }
        assertThat(numbers).isGreaterThan(600);
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN, NaN", "Infinity, +Inf, Infinity", "-Infinity, -Inf, -Infinity"})
    void whatIsNoNumberHasGosNameOrThatOfJson(double value, String go, String json) {
        assertThat(GoFloat.g(value)).isEqualTo(go);
        assertThat(GoFloat.g((float) value)).isEqualTo(go);
        assertThat(GoFloat.g(value, 2)).isEqualTo(go);
        assertThat(GoFloat.plain(value)).isEqualTo(go);
        assertThat(GoFloat.fixed(value, 2)).isEqualTo(go);
        assertThat(GoFloat.exponential(value)).isEqualTo(go);
        assertThat(GoFloat.exponential(value, 2)).isEqualTo(go);
        assertThat(GoFloat.openMetrics(value)).isEqualTo(go);
        assertThat(GoFloat.text(value)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0", "0.5, 0.5", "1000000, 1e+06"})
    void openMetricsEndsInPointZero(double value, String expected) {
        assertThat(GoFloat.openMetrics(value)).isEqualTo(expected);
    }

    @Test
    void jsoniterKeepsTwoDigitsOfExponent() {
        assertThat(GoFloat.json(1e-7)).isEqualTo("1e-07");
        assertThat(GoFloat.json(-0.0)).isEqualTo("-0");
        assertThat(GoFloat.json(1e20)).isEqualTo("100000000000000000000");
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
        "NaN, NaN",
        "nan, NaN",
        ".5, 0.5",
        "5., 5",
        "+1, 1",
        "-1.5e3, -1500",
        "1e-400, 0"
    })
    void numberInAnyOfGosNotationsIsRead(String text, Double value) {
        assertThat(GoFloat.parse(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "1e", "1e+", "--1", "-NaN", "infinit", " 1", "1 ", "1d", "1f", "0x1", "0x10", "0x", "0b1",
                "1e400", "_1", "1_", "1__0", "1_.5", "0x1p_1", "0x1p1d", "٣", "high", "0x1_p1"
            })
    void whatGoDoesNotReadIsNoNumber(String text) {
        assertThat(GoFloat.parse(text)).isNull();
    }
}
