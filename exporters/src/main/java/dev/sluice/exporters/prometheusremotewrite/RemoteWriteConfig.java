package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.api.config.RetryConfig;
import dev.sluice.api.config.Sizer;
import dev.sluice.api.config.Squash;
import dev.sluice.prometheus.LabelNames;
import dev.sluice.prometheus.ResourceFilter;
import dev.sluice.prometheus.TranslationStrategy;
import dev.sluice.transport.client.HttpClientConfig;
import dev.sluice.transport.client.HttpTarget;
import dev.sluice.transport.compression.Compression;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The configuration of the exporter {@code prometheus_remote_write}. */
public record RemoteWriteConfig(
        @Squash @Doc("The connection; `timeout` is that of one request.")
        HttpClientConfig client,

        @Doc("Put before every metric name, with an underscore.")
        String namespace,

        @Doc("Labels of every series that does not have them itself.")
        Map<String, String> externalLabels,

        @Doc("Retries of a request that was refused for now.")
        RetryConfig retryOnFailure,

        @Doc("The queue before the exporter.") RemoteWriteQueue remoteWriteQueue,

        @Doc(
                value =
                        "Takes the place of `remote_write_queue` where it is there: the common queue. "
                                + "It has one consumer whatever `num_consumers` says, since the order of samples depends on it.",
                sluiceOnly = true)
        @Nullable
        QueueConfig sendingQueue,

        @Doc("The largest request before compression; 0 is 3000000.")
        int maxBatchSizeBytes,

        @Doc("How many requests of one batch are sent at a time; `remote_write_queue::num_consumers` if absent.")
        @Nullable
        Integer maxBatchRequestParallelism,

        @Doc("Make labels of resource attributes.") ResourceToTelemetry resourceToTelemetryConversion,
        @Doc("The series `target_info`.") TargetInfo targetInfo,
        @Doc("Leave out the labels `otel_scope_…`.") boolean disableScopeInfo,

        @Doc("Deprecated: use `translation_strategy`. Whether names end in unit and type.")
        boolean addMetricSuffixes,

        @Doc(
                "How names become Prometheus names: `UnderscoreEscapingWithSuffixes`, `UnderscoreEscapingWithoutSuffixes` or, with version 2.0, "
                        + "`NoUTF8EscapingWithSuffixes` or `NoTranslation`. Empty leaves it to `add_metric_suffixes`.")
        String translationStrategy,

        @Doc("Send type, unit and help of metrics too. Version 2.0 always does.")
        boolean sendMetadata,

        @Doc("The version of the protocol: `prometheus.WriteRequest` (1.0) or `io.prometheus.write.v2.Request` (2.0).")
        String protobufMessage,

        @Doc("Request metadata that go along as headers.") List<String> includeMetadataKeys,

        @Doc(
                "Write histograms with explicit bounds as native histograms with custom bounds instead of `_sum`, `_count` and `_bucket`.")
        boolean convertExplicitHistogramsToNhcb,

        @Doc("Write them in both ways.") boolean keepClassicHistograms,

        @Doc(
                value =
                        "Add the deltas of monotonic sums and histograms up to what Prometheus can take; otherwise they are dropped.",
                sluiceOnly = true)
        boolean deltaToCumulative,

        @Doc(
                value =
                        "The most series that are remembered. Points of further ones cost more, and deltas of further ones are dropped and "
                                + "counted.",
                sluiceOnly = true)
        int maxSeries,

        @Doc(value = "How long a series is remembered after its last point.", sluiceOnly = true)
        Duration seriesExpiration,

        @Doc("Not supported, and refused where set: there is no queue on disk yet, batches wait in memory.") @Nullable
        Wal wal)
        implements Config {
    private static final int DEFAULT_BATCH_SIZE = 3_000_000;
    private static final Set<String> RESERVED_HEADERS =
            Set.of("content-encoding", "content-type", "user-agent", "x-prometheus-remote-write-version");
    private static final Set<String> RESERVED_LABELS = Set.of("__name__", "le", "quantile");

    public static final RemoteWriteConfig DEFAULT = new RemoteWriteConfig(
            HttpClientConfig.EXPORTER.within(Duration.ofSeconds(5)),
            "",
            Map.of(),
            new RetryConfig(true, Duration.ofMillis(50), 0.5, 1.5, Duration.ofSeconds(30), Duration.ofMinutes(5)),
            RemoteWriteQueue.DEFAULT,
            null,
            DEFAULT_BATCH_SIZE,
            null,
            ResourceToTelemetry.DEFAULT,
            TargetInfo.DEFAULT,
            false,
            true,
            "",
            false,
            ProtobufMessage.WRITE_REQUEST.key(),
            List.of(),
            false,
            false,
            true,
            500_000,
            Duration.ofMinutes(10),
            null);

    public RemoteWriteConfig {
        maxBatchSizeBytes = maxBatchSizeBytes == 0 ? DEFAULT_BATCH_SIZE : maxBatchSizeBytes;
    }

    /** The strategy in force. */
    TranslationStrategy strategy() {
        return TranslationStrategy.of(translationStrategy, addMetricSuffixes);
    }

    /** The version in force. */
    ProtobufMessage message() {
        ProtobufMessage message = ProtobufMessage.named(protobufMessage);
        return message == null ? ProtobufMessage.WRITE_REQUEST : message;
    }

    ResourceFilter promoted() {
        return ResourceFilter.all(
                resourceToTelemetryConversion.enabled(), resourceToTelemetryConversion.excludeServiceAttributes());
    }

    /** Whether histograms with explicit bounds become {@code _sum}, {@code _count} and {@code _bucket}. */
    boolean classicHistograms() {
        return !convertExplicitHistogramsToNhcb || keepClassicHistograms;
    }

    /** The connection, without what the protocol itself says of each request. */
    HttpClientConfig connection() {
        return client.withoutHeaders(RESERVED_HEADERS).compressedBy(Compression.NONE);
    }

    /** How many requests of a batch are under way at a time. */
    int parallelism() {
        return Math.max(
                1, maxBatchRequestParallelism == null ? remoteWriteQueue.numConsumers() : maxBatchRequestParallelism);
    }

    /** The queue, with one consumer: two would change the order of samples. */
    QueueConfig queue() {
        QueueConfig queue = sendingQueue != null
                ? sendingQueue
                : new QueueConfig(
                        remoteWriteQueue.enabled(),
                        1,
                        remoteWriteQueue.queueSize(),
                        Sizer.REQUESTS,
                        false,
                        false,
                        null,
                        null);
        return queue.inOrder();
    }

    /** The external labels by the names that Prometheus takes. */
    Map<String, String> namedExternalLabels() {
        LabelNames names = LabelNames.remoteWrite(TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES);
        Map<String, String> named = new TreeMap<>();
        externalLabels.forEach((key, value) -> named.put(names.name(key), value));
        return named;
    }

    @Override
    public void validate(Problems problems) {
        if (HttpTarget.parse(client.endpoint()) == null) {
            problems.at("endpoint", "invalid endpoint");
        }
        if (!client.compression().isEmpty() && !client.compression().equals("snappy")) {
            problems.at("compression", "compression type must be snappy");
        }
        if (maxBatchRequestParallelism != null && maxBatchRequestParallelism < 1) {
            problems.at("max_batch_request_parallelism", "max_batch_request_parallelism can't be set to below 1");
        }
        if (maxBatchSizeBytes < 0) {
            problems.at("max_batch_size_bytes", "max_batch_size_bytes must be greater than 0");
        }
        if (wal != null) {
            problems.at("wal", "`wal` is not supported: there is no queue on disk yet, batches wait in memory");
        }
        if (maxSeries <= 0) {
            problems.at("max_series", "`max_series` must be positive, found " + maxSeries);
        }
        if (!seriesExpiration.isPositive()) {
            problems.at("series_expiration", "`series_expiration` must be positive");
        }
        validateNames(problems);
        for (String name : client.headers().keySet()) {
            if (RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                problems.warn("headers", "the header \"" + name + "\" is ignored: remote write sets it itself");
            }
        }
        for (String key : includeMetadataKeys) {
            if (RESERVED_HEADERS.contains(key.toLowerCase(Locale.ROOT))) {
                problems.at(
                        "include_metadata_keys",
                        "include_metadata_keys entry \"" + key + "\" collides with a reserved remote write header");
            }
        }
    }

    private void validateNames(Problems problems) {
        if (ProtobufMessage.named(protobufMessage) == null) {
            problems.at(
                    "protobuf_message",
                    "unknown type for remote write protobuf message " + protobufMessage + ", supported: "
                            + ProtobufMessage.WRITE_REQUEST.key() + ", " + ProtobufMessage.WRITE_V2_REQUEST.key());
        }
        if (!translationStrategy.isEmpty() && !strategy().key().equals(translationStrategy)) {
            problems.at("translation_strategy", "invalid translation_strategy: " + translationStrategy);
        } else if (!strategy().escaped() && message() == ProtobufMessage.WRITE_REQUEST) {
            problems.at(
                    "translation_strategy",
                    "translation strategy " + translationStrategy
                            + " requires Prometheus Remote Write 2.0 (UTF-8 support)");
        }
        externalLabels.forEach((key, value) -> {
            if (RESERVED_LABELS.contains(key)) {
                problems.at("external_labels", "\"" + key + "\" is no external label: series have it by themselves");
            }
            if (key.isEmpty() || value.isEmpty()) {
                problems.at(
                        "external_labels",
                        "prometheus remote write: external labels configuration contains an empty key or value");
            }
        });
        try {
            namedExternalLabels();
        } catch (IllegalArgumentException e) {
            problems.at("external_labels", String.valueOf(e.getMessage()));
        }
    }

    /** The block {@code remote_write_queue}. */
    public record RemoteWriteQueue(
            @Doc("Put a queue between the pipeline and the exporter. It has one consumer, for the order of samples.")
            boolean enabled,

            @Doc("Capacity in batches.") int queueSize,

            @Doc(
                    "How many requests of one batch are sent at a time, where `max_batch_request_parallelism` does not say.")
            int numConsumers)
            implements Config {
        public static final RemoteWriteQueue DEFAULT = new RemoteWriteQueue(true, 10_000, 5);

        @Override
        public void validate(Problems problems) {
            if (queueSize < 0) {
                problems.at("queue_size", "remote write queue size can't be negative");
            }
            if (enabled && queueSize == 0) {
                problems.at("queue_size", "a 0 size queue will drop all the data");
            }
            if (numConsumers < 0) {
                problems.at("num_consumers", "remote write consumer number can't be negative");
            }
        }
    }

    /** The block {@code resource_to_telemetry_conversion}. */
    public record ResourceToTelemetry(
            @Doc("Make labels of all resource attributes.") boolean enabled,

            @Doc(
                    "Leave out `service.name`, `service.namespace` and `service.instance.id`, which are in `job` and `instance`.")
            boolean excludeServiceAttributes)
            implements Config {
        public static final ResourceToTelemetry DEFAULT = new ResourceToTelemetry(false, false);
    }

    /** The block {@code target_info}. */
    public record TargetInfo(
            @Doc("Send a series `target_info` with the attributes of each resource.")
            boolean enabled) implements Config {
        public static final TargetInfo DEFAULT = new TargetInfo(true);
    }

    /** The block {@code wal}, known so that the error can say what to use instead. */
    public record Wal(
            @Doc("Not supported.") String directory,
            @Doc("Not supported.") int bufferSize,
            @Doc("Not supported.") Duration truncateFrequency,
            @Doc("Not supported.") Duration lagRecordFrequency)
            implements Config {
        public static final Wal DEFAULT = new Wal("", 300, Duration.ofMinutes(1), Duration.ofSeconds(15));
    }
}
