package dev.sluice.processors.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.Signal;
import dev.sluice.processors.batch.BatchProcessorConfig.Acknowledge;
import dev.sluice.testkit.Configs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchProcessorConfigTest {
    @Test
    void defaultsAreTheCollectors() {
        BatchProcessorConfig config = new BatchProcessorFactory().defaultConfig();

        assertThat(config)
                .isEqualTo(
                        new BatchProcessorConfig(8192, Duration.ofMillis(200), 0, List.of(), 1000, Acknowledge.AUTO));
        assertThat(Configs.problems(config)).isEmpty();
        assertThat(new BatchProcessorFactory().signals()).containsOnlyKeys(Signal.values());
    }

    @Test
    void everythingThatIsWrongIsReportedInTheCollectorsWords() {
        BatchProcessorConfig config = new BatchProcessorConfig(
                10, Duration.ofMillis(-1), 9, List.of("Tenant", "tenant"), -1, Acknowledge.AUTO);

        assertThat(Configs.problems(config))
                .containsExactly(
                        "metadata_cardinality_limit: 'metadata_cardinality_limit' must not be negative",
                        "send_batch_max_size: send_batch_max_size must be greater or equal to send_batch_size",
                        "metadata_keys: duplicate entry in metadata_keys: \"tenant\" (case-insensitive)",
                        "timeout: timeout must be greater or equal to 0");
    }
}
