package dev.sluice.exporters.loki;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.api.config.RetryConfig;
import dev.sluice.api.config.Squash;
import dev.sluice.transport.client.HttpClientConfig;
import dev.sluice.transport.client.HttpTarget;
import dev.sluice.transport.compression.Compression;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration of the exporter {@code loki}. */
public record LokiConfig(
        @Squash
        @Doc(
                "The connection; `endpoint` is the whole URL of the push API, such as `http://loki:3100/loki/api/v1/push`.")
        HttpClientConfig client,

        @Doc(
                value =
                        "Stream labels: name and where the value comes from, `resource.attributes[\"k\"]`, `scope.attributes[\"k\"]` or "
                                + "`attributes[\"k\"]` of the record or span. Where empty, the resource attributes that Loki makes labels of by itself.",
                sluiceOnly = true)
        Map<String, String> labels,

        @Doc(
                value =
                        "Most labels of a stream, Loki's `max_label_names_per_series`. Of those that Loki makes labels of by itself, further "
                                + "ones stay structured metadata and are counted; 0 for no bound.",
                sluiceOnly = true)
        int maxLabels,

        @Doc(
                value = "Sent as `X-Scope-OrgID`, unless `tenant_attribute` or `tenant_metadata_key` finds one.",
                sluiceOnly = true)
        String tenant,

        @Doc(
                value =
                        "The attribute that the tenant is taken from, as the paths of `labels`; a batch is sent in a request for each.",
                sluiceOnly = true)
        String tenantAttribute,

        @Doc(value = "The request metadata that the tenant is taken from.", sluiceOnly = true)
        String tenantMetadataKey,

        @Doc(
                value =
                        "How requests are written: `protobuf`, compressed by `snappy`, or `json`, as it is unless `compression` is `gzip`.",
                sluiceOnly = true)
        PushEncoding encoding,

        @Doc(value = "How the line of a span is written: `logfmt` or `json`.", sluiceOnly = true)
        SpanFormat spanFormat,

        @Doc(
                value = "Longer lines are cut to that many bytes and counted; 0 leaves them as they are.",
                sluiceOnly = true)
        int maxLineSize,

        @Doc(
                value =
                        "Most bytes of a request, before it is compressed, as protobuf: a larger batch is sent in several, one after the "
                                + "other; a larger line by itself. 0 for no bound. Loki's servers take messages of 4 MiB from each other by default, "
                                + "and its agents send 1 MiB.",
                sluiceOnly = true)
        int maxRequestSize,

        @Doc("Retries.") RetryConfig retryOnFailure,

        @Doc(
                "The queue before the exporter. It has one consumer whatever `num_consumers` says, for the order of lines.")
        QueueConfig sendingQueue)
        implements Config {
    public static final LokiConfig DEFAULT = new LokiConfig(
            HttpClientConfig.EXPORTER.within(Duration.ofSeconds(30)),
            Map.of(),
            15,
            "",
            "",
            "",
            PushEncoding.PROTOBUF,
            SpanFormat.LOGFMT,
            256 * 1024,
            1024 * 1024,
            RetryConfig.DEFAULT,
            QueueConfig.DEFAULT);

    /** The queue, with one consumer: two would change the order of lines in a stream. */
    QueueConfig queue() {
        return sendingQueue.inOrder();
    }

    /** How bodies are compressed; null where the encoding allows no such compression. */
    @Nullable
    Compression bodies() {
        return switch (encoding) {
            case PROTOBUF ->
                client.compression().isEmpty() || client.compression().equals("snappy") ? Compression.SNAPPY : null;
            case JSON ->
                switch (client.compression()) {
                    case "", "none" -> Compression.NONE;
                    case "gzip" -> Compression.GZIP;
                    default -> null;
                };
        };
    }

    @Override
    public void validate(Problems problems) {
        if (HttpTarget.parse(client.endpoint()) == null) {
            problems.at("endpoint", "\"endpoint\" must be a valid URL");
        }
        if (bodies() == null) {
            problems.at(
                    "compression",
                    encoding == PushEncoding.PROTOBUF
                            ? "compression type must be snappy"
                            : "compression type must be gzip or none where `encoding` is json");
        }
        notNegative(problems, "max_labels", maxLabels);
        notNegative(problems, "max_line_size", maxLineSize);
        notNegative(problems, "max_request_size", maxRequestSize);
        if (maxLabels > 0 && labels.size() > maxLabels) {
            problems.at(
                    "labels",
                    "`labels` names " + labels.size() + " and `max_labels` allows " + maxLabels
                            + ": Loki refuses streams of more labels than its max_label_names_per_series");
        }
        if (!Tenant.valid(tenant)) {
            problems.at("tenant", Tenant.problem(tenant));
        }
        if (!tenantAttribute.isEmpty()) {
            path(problems, "tenant_attribute", tenantAttribute);
        }
        labels.forEach((name, path) -> {
            if (!LabelNames.valid(name)) {
                problems.at(
                        "labels::" + name,
                        "`" + name + "` is no label name: Loki takes letters, digits and underscores");
            }
            path(problems, "labels::" + name, path);
        });
    }

    private static void notNegative(Problems problems, String key, int value) {
        if (value < 0) {
            problems.at(key, "`" + key + "` must not be negative, found " + value);
        }
    }

    private static void path(Problems problems, String key, String path) {
        try {
            AttributePath.parse(path);
        } catch (IllegalArgumentException e) {
            problems.at(key, String.valueOf(e.getMessage()));
        }
    }
}
