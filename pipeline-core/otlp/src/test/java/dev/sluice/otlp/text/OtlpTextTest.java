package dev.sluice.otlp.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.CollectorOutput;
import dev.sluice.otlp.OtlpMerge;
import dev.sluice.otlp.Signal;
import java.util.List;
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
