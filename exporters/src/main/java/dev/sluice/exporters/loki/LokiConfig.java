package dev.sluice.exporters.loki;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.api.config.RetryConfig;
import dev.sluice.api.config.Squash;
import dev.sluice.transport.client.HttpClientConfig;
import dev.sluice.transport.client.HttpTarget;
import dev.sluice.transport.tls.ClientTlsConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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

        @Doc(value = "Sent as `X-Scope-OrgID`, unless `tenant_metadata_key` finds one.", sluiceOnly = true)
        String tenant,

        @Doc(value = "The request metadata that the tenant is taken from.", sluiceOnly = true)
        String tenantMetadataKey,

        @Doc(value = "How the line of a span is written: `logfmt` or `json`.", sluiceOnly = true)
        SpanFormat spanFormat,

        @Doc(
                value = "Longer lines are cut to that many bytes and counted; 0 leaves them as they are.",
                sluiceOnly = true)
        int maxLineSize,

        @Doc("Retries.") RetryConfig retryOnFailure,

        @Doc(
                "The queue before the exporter. It has one consumer whatever `num_consumers` says, for the order of lines.")
        QueueConfig sendingQueue)
        implements Config {
    public static final LokiConfig DEFAULT = new LokiConfig(
            new HttpClientConfig(
                    "",
                    "",
                    ClientTlsConfig.DEFAULT,
                    0,
                    512 * 1024,
                    Duration.ofSeconds(30),
                    Map.of(),
                    null,
                    "",
                    HttpClientConfig.CompressionParams.DEFAULT,
                    100,
                    0,
                    0,
                    Duration.ofSeconds(90),
                    false,
                    Duration.ZERO,
                    Duration.ZERO,
                    null,
                    true,
                    List.of()),
            Map.of(),
            "",
            "",
            SpanFormat.LOGFMT,
            256 * 1024,
            RetryConfig.DEFAULT,
            QueueConfig.DEFAULT);

    /** The queue, with one consumer: two would change the order of lines in a stream. */
    QueueConfig queue() {
        return new QueueConfig(
                sendingQueue.enabled(),
                1,
                sendingQueue.queueSize(),
                sendingQueue.sizer(),
                sendingQueue.blockOnOverflow(),
                sendingQueue.waitForResult(),
                sendingQueue.storage(),
                sendingQueue.batch());
    }

    @Override
    public void validate(Problems problems) {
        if (HttpTarget.parse(client.endpoint()) == null) {
            problems.at("endpoint", "\"endpoint\" must be a valid URL");
        }
        if (!client.compression().isEmpty() && !client.compression().equals("snappy")) {
            problems.at("compression", "compression type must be snappy");
        }
        if (maxLineSize < 0) {
            problems.at("max_line_size", "`max_line_size` must not be negative, found " + maxLineSize);
        }
        labels.forEach((name, path) -> {
            if (!LabelNames.valid(name)) {
                problems.at(
                        "labels::" + name,
                        "`" + name + "` is no label name: Loki takes letters, digits and underscores");
            }
            try {
                AttributePath.parse(path);
            } catch (IllegalArgumentException e) {
                problems.at("labels::" + name, String.valueOf(e.getMessage()));
            }
        });
    }
}
