package dev.sluice.otlp.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.CollectorOutput;
import dev.sluice.otlp.OtlpMerge;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.view.GoNumber;
import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OtlpTextTest {
    @ParameterizedTest
    @MethodSource("dev.sluice.otlp.CollectorOutput#all")
    void bothFormsAreWhatTheCollectorsDebugExporterPrinted(CollectorOutput output) {
        assertThat(OtlpText.detailed(output.signal(), output.request())).isEqualTo(output.text("detailed.txt"));
        assertThat(OtlpText.normal(output.signal(), output.request())).isEqualTo(output.text("normal.txt"));
    }

    @Test
    void resourcesAreNumberedOnOverTheSlicesOfARope() {
        CollectorOutput output = CollectorOutput.all().getFirst();
        Bytes rope = OtlpMerge.merge(List.of(output.request(), output.request()));
        assertThat(OtlpText.normal(output.signal(), rope)).contains("#0", "#1", "#2", "#3");
        assertThat(OtlpText.detailed(Signal.LOGS, Bytes.EMPTY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01 00:00:00 +0000 UTC",
        "1544712660300000000, 2018-12-13 14:51:00.3 +0000 UTC",
        "1544712660000000001, 2018-12-13 14:51:00.000000001 +0000 UTC",
        "-1, 1969-12-31 23:59:59.999999999 +0000 UTC",
    })
    void timesAreWrittenAsGoWritesThem(long nanos, String text) {
        assertThat(Names.time(nanos)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, Unspecified", "1, Trace", "4, Trace4", "9, Info", "24, Fatal4", "25, ''", "-1, ''"})
    void severitiesHaveTheCollectorsNames(int number, String name) {
        assertThat(Names.severity(number)).isEqualTo(name);
    }

    /** Expected values printed by Go 1.25 with %v, %f and pcommon's AsString. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0.000000, 0",
        "-0.0, -0, -0.000000, -0",
        "1, 1, 1.000000, 1",
        "0.1, 0.1, 0.100000, 0.1",
        "-2.5, -2.5, -2.500000, -2.5",
        "100000, 100000, 100000.000000, 100000",
        "999999.5, 999999.5, 999999.500000, 999999.5",
        "1000000, 1e+06, 1000000.000000, 1000000",
        "1e20, 1e+20, 100000000000000000000.000000, 100000000000000000000",
        "1e21, 1e+21, 1000000000000000000000.000000, 1e+21",
        "0.0001, 0.0001, 0.000100, 0.0001",
        "0.00001, 1e-05, 0.000010, 0.00001",
        "1e-7, 1e-07, 0.000000, 1e-7",
        "-1e-300, -1e-300, -0.000000, -1e-300",
        "4.9e-324, 5e-324, 0.000000, 5e-324",
        "0.0000005, 5e-07, 0.000000, 5e-7",
        "NaN, NaN, NaN, NaN",
        "Infinity, +Inf, +Inf, Infinity",
        "-Infinity, -Inf, -Inf, -Infinity",
    })
    void doublesAreWrittenAsGoWritesThem(double value, String v, String f, String text) {
        assertThat(GoNumber.v(value)).isEqualTo(v);
        assertThat(GoNumber.f(value)).isEqualTo(f);
        assertThat(GoNumber.text(value)).isEqualTo(text);
    }

    @Test
    void numbersOfUsualSizeAreTheShortestDecimals() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 100_000; i++) {
            double size = Math.pow(10, random.nextDouble(-4, 8));
            double value = i % 3 == 0 ? Math.rint(size) : i % 3 == 1 ? Math.rint(size * 1000) / 1000 : -size;
            if (value != 0) {
                String expected = new BigDecimal(Double.toString(value))
                        .stripTrailingZeros()
                        .toPlainString();
                assertThat(GoNumber.json(value)).isEqualTo(expected);
            }
        }
    }

    @Test
    void theExponentialFunctionHasItsLimitsAndIsCloseToJavas() {
        assertThat(GoExp.exp(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(GoExp.exp(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(GoExp.exp(Double.NaN)).isNaN();
        assertThat(GoExp.exp(0)).isEqualTo(1);
        assertThat(GoExp.exp(1e10)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(GoExp.exp(-1e10)).isZero();
        // The bound of the last bucket: infinite to Go, although the largest double is as near.
        assertThat(GoExp.exp(1024 * Math.log(2))).isEqualTo(Double.POSITIVE_INFINITY);
        for (double x = -700; x < 709; x += 0.37) {
            double expected = StrictMath.exp(x);
            assertThat(Math.abs(GoExp.exp(x) - expected)).isLessThanOrEqualTo(4 * Math.ulp(expected));
        }
    }
}
