package dev.sluice.exporters.prometheusremotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ComponentId;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.api.config.Secret;
import dev.sluice.testkit.Configs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RemoteWriteConfigTest {
    private static final String V2 = "io.prometheus.write.v2.Request";

    @Test
    void whatTheCollectorRefusesIsRefusedInItsWords() {
        assertThat(problems("endpoint", "")).containsExactly("endpoint: invalid endpoint");
        assertThat(problems("endpoint", "localhost:9090")).containsExactly("endpoint: invalid endpoint");
        assertThat(problems("compression", "gzip")).containsExactly("compression: compression type must be snappy");
        assertThat(problems("max_batch_request_parallelism", 0))
                .containsExactly(
                        "max_batch_request_parallelism: max_batch_request_parallelism can't be set to below 1");
        assertThat(problems("max_batch_size_bytes", -1))
                .containsExactly("max_batch_size_bytes: max_batch_size_bytes must be greater than 0");
        assertThat(problems("remote_write_queue::queue_size", -1))
                .containsExactly("remote_write_queue::queue_size: remote write queue size can't be negative");
        assertThat(problems("remote_write_queue::queue_size", 0))
                .containsExactly("remote_write_queue::queue_size: a 0 size queue will drop all the data");
        assertThat(problems("remote_write_queue::num_consumers", -1))
                .containsExactly("remote_write_queue::num_consumers: remote write consumer number can't be negative");
        assertThat(problems("protobuf_message", "io.prometheus.write.v4.Request"))
                .containsExactly(
                        "protobuf_message: unknown type for remote write protobuf message io.prometheus.write.v4.Request, supported: "
                                + "prometheus.WriteRequest, io.prometheus.write.v2.Request");
        assertThat(problems("translation_strategy", "Other"))
                .containsExactly("translation_strategy: invalid translation_strategy: Other");
        assertThat(problems("translation_strategy", "NoTranslation"))
                .containsExactly(
                        "translation_strategy: translation strategy NoTranslation requires Prometheus Remote Write 2.0 (UTF-8 support)");
        assertThat(problems("external_labels", Map.of("zone", "")))
                .containsExactly(
                        "external_labels: prometheus remote write: external labels configuration contains an empty key or value");
        assertThat(problems("external_labels", Map.of("le", "1")))
                .containsExactly("external_labels: \"le\" is no external label: series have it by themselves");
        assertThat(problems("include_metadata_keys", List.of("x-org", "Content-Type")))
                .containsExactly(
                        "include_metadata_keys: include_metadata_keys entry \"Content-Type\" collides with a reserved remote write header");
    }

    @Test
    void headersOfTheProtocolAreNoMistakeButTheUserIsToldThatTheyAreIgnored() {
        List<String> told = new ArrayList<>();
        RemoteWriteConfig config = Configs.with(
                RemoteWriteConfig.DEFAULT,
                "endpoint",
                "http://localhost:9090/api/v1/write",
                "headers",
                Map.of("User-Agent", new Secret("curl"), "X-Org", new Secret("blue")));
        config.validate(new Problems() {
            @Override
            public void add(String message) {
                told.add("mistake: " + message);
            }

            @Override
            public void at(String key, String message) {
                told.add("mistake: " + key + ": " + message);
            }

            @Override
            public void warn(String key, String message) {
                told.add(key + ": " + message);
            }
        });
        assertThat(told).containsExactly("headers: the header \"User-Agent\" is ignored: remote write sets it itself");
        assertThat(config.connection().headers()).containsOnlyKeys("X-Org");
    }

    @Test
    void aWriteAheadLogIsRefusedAndTheQueueOnDiskNamed() {
        assertThat(problems(
                        "wal", new RemoteWriteConfig.Wal("dir", 300, Duration.ofMinutes(1), Duration.ofSeconds(15))))
                .containsExactly("wal: `wal` is not supported: there is no queue on disk yet, batches wait in memory");
    }

    @Test
    void boundsMustBePositive() {
        assertThat(problems("max_series", 0)).containsExactly("max_series: `max_series` must be positive, found 0");
        assertThat(problems("series_expiration", Duration.ZERO))
                .containsExactly("series_expiration: `series_expiration` must be positive");
    }

    @Test
    void everythingElseIsFine() {
        assertThat(problems()).isEmpty();
        assertThat(problems("compression", "snappy", "remote_write_queue::enabled", false))
                .isEmpty();
        assertThat(problems("protobuf_message", V2, "translation_strategy", "NoTranslation"))
                .isEmpty();
        assertThat(problems("external_labels", Map.of("__replica__", "a"))).isEmpty();
    }

    @Test
    void theQueueHasOneConsumerAndItsConsumersAreRequestsOfABatch() {
        RemoteWriteConfig config = Configs.with(RemoteWriteConfig.DEFAULT, "remote_write_queue::num_consumers", 7);
        assertThat(config.parallelism()).isEqualTo(7);
        assertThat(config.queue().numConsumers()).isEqualTo(1);
        assertThat(config.queue().queueSize()).isEqualTo(10_000);
        assertThat(Configs.with(config, "max_batch_request_parallelism", 2).parallelism())
                .isEqualTo(2);

        QueueConfig stored =
                Configs.with(QueueConfig.DEFAULT, "storage", ComponentId.parse("file_storage"), "num_consumers", 4);
        QueueConfig queue = Configs.with(config, "sending_queue", stored).queue();
        assertThat(queue.storage()).isEqualTo(ComponentId.parse("file_storage"));
        assertThat(queue.numConsumers()).isEqualTo(1);
        assertThat(queue.queueSize()).isEqualTo(1000);
    }

    private static List<String> problems(Object... options) {
        RemoteWriteConfig valid =
                Configs.with(RemoteWriteConfig.DEFAULT, "endpoint", "http://localhost:9090/api/v1/write");
        return Configs.problems(Configs.with(valid, options));
    }
}
