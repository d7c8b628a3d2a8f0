package dev.sluice.processors.probabilisticsampler;

import static dev.sluice.testkit.Configs.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Stability;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Configs;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbabilisticSamplerConfigTest {
    @Test
    void defaultsAndSignalsAreTheCollectors() {
        ProbabilisticSamplerFactory factory = new ProbabilisticSamplerFactory();

        assertThat(factory.defaultConfig())
                .isEqualTo(new ProbabilisticSamplerConfig("", 0, 0, true, 4, "traceID", "", ""));
        assertThat(problems(factory.defaultConfig())).isEmpty();
        assertThat(factory.signals()).isEqualTo(Map.of(Signal.TRACES, Stability.BETA, Signal.LOGS, Stability.ALPHA));
    }

    /** The texts on the right were printed by the Collector's Config.Validate. */
    @ParameterizedTest
    @CsvSource({
        "-15.3, sampling rate is negative: -15.300000%",
        "-3.4e38, sampling rate is negative: -339999995214436424907732413799364296704.000000%",
        "1e-15, sampling rate is too small: 1e-15%",
        "1.3e-15, sampling rate is too small: 1.3e-15%",
        "1e-45, sampling rate is too small: 1e-45%",
        "Infinity, sampling rate is invalid: +Inf%",
        "-Infinity, sampling rate is invalid: -Inf%",
        "NaN, sampling rate is invalid: NaN%"
    })
    void percentageThatMakesNoSenseIsRefusedInTheCollectorsWords(float percentage, String problem) {
        assertThat(problems(percentage(percentage))).containsExactly("sampling_percentage: " + problem);
    }

    @ParameterizedTest
    @CsvSource({"0", "-0.0", "1.4e-15", "100", "250", "3.4e38"})
    void percentageFromTheLeastThresholdOnIsTaken(float percentage) {
        assertThat(problems(percentage(percentage))).isEmpty();
    }

    @Test
    void everythingElseThatIsWrongIsReportedInTheCollectorsWords() {
        assertThat(problems(new ProbabilisticSamplerConfig("Foo\n", 10, -1, true, 0, "traceid", "", "")))
                .containsExactly(
                        "mode: unsupported sampler mode \"Foo\\n\"",
                        "hash_seed: cannot parse value as 'uint32': -1 overflows uint",
                        "attribute_source: invalid attribute source: traceid. Expected: traceID or record",
                        "sampling_precision: invalid sampling precision: 0");
        assertThat(problems(new ProbabilisticSamplerConfig("", 10, 0, true, 15, "", "", "")))
                .containsExactly("sampling_precision: sampling precision is too great, should be <= 14: 15");
        assertThat(problems(new ProbabilisticSamplerConfig("equalizing", 10, 0, true, -1, "record", "", "")))
                .isEmpty();
    }

    private static ProbabilisticSamplerConfig percentage(float percentage) {
        return Configs.with(ProbabilisticSamplerConfig.DEFAULT, "sampling_percentage", percentage);
    }
}
