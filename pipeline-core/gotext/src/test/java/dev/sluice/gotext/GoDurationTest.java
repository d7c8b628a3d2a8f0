package dev.sluice.gotext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "0s,0",
        "1ns,1",
        "1us,1000",
        "1µs,1000",
        "1μs,1000",
        "200ms,200000000",
        "5s,5000000000",
        "1m,60000000000",
        "1h2m3.5s,3723500000000",
        "-1.5s,-1500000000",
        "+2s,2000000000",
        ".5s,500000000",
        "1.s,1000000000",
        "1h1h,7200000000000",
        "0.1ns,0"
    })
    void readsWhatGoReads(String text, long nanos) {
        assertThat(GoDuration.parse(text)).isEqualTo(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "``,time: invalid duration",
                "-,time: invalid duration",
                "x,time: invalid duration",
                ".s,time: invalid duration",
                "5,time: missing unit in duration",
                "1s5,time: missing unit in duration",
                "5x,time: unknown unit",
                "5d,time: unknown unit",
                "3000000h,time: invalid duration",
                "1.5.5s,time: missing unit in duration",
                "1s x,time: unknown unit",
                " 1s,time: invalid duration"
            },
            ignoreLeadingAndTrailingWhitespace = false)
    void refusesInGosWords(String text, String message) {
        assertThatThrownBy(() -> GoDuration.parse(text)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0s",
        "1,1ns",
        "1500,1.5µs",
        "200000000,200ms",
        "1500000,1.5ms",
        "1500000000,1.5s",
        "60000000000,1m",
        "5400000000000,1h30m",
        "3600000000000,1h",
        "90061000000000,25h1m1s",
        "-5000000000,-5s"
    })
    void writesAsAUserWould(long nanos, String text) {
        assertThat(GoDuration.format(Duration.ofNanos(nanos))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "999, 999ns",
        "1500, 1.5µs",
        "350000000, 350ms",
        "1000000000, 1s",
        "61000000000, 1m1s",
        "-60000000000, -1m0s",
        "3600000000000, 1h0m0s",
        "90061100000000, 25h1m1.1s",
    })
    void writesAsGoDoes(long nanos, String text) {
        assertThat(GoDuration.string(Duration.ofNanos(nanos))).isEqualTo(text);
    }

    @Test
    void whatIsWrittenReadsBack() {
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            Duration duration = Duration.ofNanos(random.nextLong() >> random.nextInt(63));
            assertThat(GoDuration.parse(GoDuration.format(duration))).isEqualTo(duration);
        }
    }
}
