package dev.sluice.processors.probabilisticsampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdTest {
    /** One by hand each; digits behind leading f and 0 are added to the precision. */
    @ParameterizedTest
    @CsvSource({
        "1, 4, 0",
        "0.5, 4, 8",
        "0.25, 4, c",
        "0.1, 4, e666",
        "0.01, 4, fd70a",
        "0.3333333333333333, 3, aab",
        "0.3333333333333333, 14, aaaaaaaaaaaaac",
        "0.99, 2, 029",
        "1.3877787807814457e-17, 1, ffffffffffffff"
    })
    void probabilityBecomesThatThreshold(double probability, int precision, String digits) {
        long threshold = Threshold.ofProbability(probability, precision);

        assertThat(text(threshold)).isEqualTo(digits);
        assertThat(Threshold.read(ascii(digits), 0, digits.length())).isEqualTo(threshold);
        assertThat(Threshold.probability(threshold)).isCloseTo(probability, within(0.02));
    }

    @ParameterizedTest
    @CsvSource({"0", "1.0000000000000002", "1.3877787807814454e-17", "-0.5", "NaN"})
    void probabilityOutOfRangeHasNoThreshold(double probability) {
        assertThat(Threshold.ofProbability(probability, 4)).isEqualTo(Threshold.NONE);
    }

    @Test
    void negativePrecisionLeavesNothingAsInTheCollector() {
        assertThat(Threshold.ofProbability(0.25, -1)).isEqualTo(Threshold.ALWAYS);
        assertThat(Threshold.ofProbability(0.25, -2)).isEqualTo(Threshold.ALWAYS);
        assertThat(Threshold.ofProbability(0.25, -100)).isEqualTo(Threshold.ALWAYS);
        assertThat(Threshold.ofProbability(0x1p-5, -1)).isEqualTo(Threshold.NEVER);
    }

    @Test
    void textThatIsNoneIsExplained() {
        assertThat(problem("")).isEqualTo("t-value is empty");
        assertThat(problem("123456789abcdef")).isEqualTo("t-value exceeds 14 hex digits");
        assertThat(problem("é")).isEqualTo("strconv.ParseUint: parsing \"é\": invalid syntax");
        assertThat(Threshold.randomnessProblem(ascii("123"), 0, 3)).isEqualTo("r-value must have 14 hex digits");
        assertThat(Threshold.readRandomness(ascii("0000000000FFff"), 0, 14)).isEqualTo(0xFFFF);
    }

    private static String problem(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        assertThat(Threshold.read(utf8, 0, utf8.length)).isEqualTo(Threshold.NONE);
        return Threshold.problem(utf8, 0, utf8.length);
    }

    private static String text(long threshold) {
        byte[] digits = new byte[Threshold.DIGITS];
        return new String(digits, 0, Threshold.write(threshold, digits, 0), StandardCharsets.US_ASCII);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
