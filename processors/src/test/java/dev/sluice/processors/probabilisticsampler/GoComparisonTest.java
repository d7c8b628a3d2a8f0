package dev.sluice.processors.probabilisticsampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Equality with the Collector, bit for bit; see {@code e2e/sampler}. */
class GoComparisonTest {
    @Test
    void everyKindOfItemIsTreatedAsTheCollectorDoes() throws IOException {
        try (InputStream golden = Objects.requireNonNull(getClass().getResourceAsStream("golden.txt.gz"));
                BufferedReader lines = reader(new GZIPInputStream(golden))) {
            GoComparison comparison = new GoComparison(lines);
            comparison.run();

            assertThat(comparison.configurations()).isEqualTo(10);
            assertThat(comparison.items()).isGreaterThan(1_000);
            assertThat(comparison.kept()).isBetween(comparison.items() / 4, comparison.items() * 3 / 4);
        }
    }

    /** Called by {@code e2e/sampler/run}, which has built the Collector's side. */
    @Test
    @EnabledIfSystemProperty(named = "sampler.peer", matches = ".+")
    void manyItemsAreTreatedAsTheCollectorDoes() throws Exception {
        String peer = Objects.requireNonNull(System.getProperty("sampler.peer"));
        Process process = new ProcessBuilder(peer, "-items", System.getProperty("sampler.items", "1000"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = reader(process.getInputStream())) {
            GoComparison comparison = new GoComparison(lines);
            comparison.run();

            assertThat(process.waitFor()).as("exit status of %s", peer).isZero();
            System.out.printf(
                    "probabilistic_sampler: %,d decisions with %d configurations are the Collector's; %,d items kept,"
                            + " equal in content%n",
                    comparison.items(), comparison.configurations(), comparison.kept());
        } finally {
            process.destroy();
        }
    }

    private static BufferedReader reader(InputStream input) {
        return new BufferedReader(new InputStreamReader(input, StandardCharsets.US_ASCII), 1 << 16);
    }
}
