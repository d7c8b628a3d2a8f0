package dev.sluice.exporters.otlphttp;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.api.config.RetryConfig;
import dev.sluice.api.config.Squash;
import dev.sluice.otlp.Signal;
import dev.sluice.transport.client.HttpClientConfig;
import dev.sluice.transport.client.HttpTarget;
import dev.sluice.transport.compression.Compression;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Configuration of the exporter {@code otlp_http}. */
public record OtlpHttpConfig(
        @Squash @Doc("The connection.") HttpClientConfig client,

        @Doc("URL for traces, where not `endpoint` + `/v1/traces`.")
        String tracesEndpoint,

        @Doc("URL for metrics, where not `endpoint` + `/v1/metrics`.")
        String metricsEndpoint,

        @Doc("URL for logs, where not `endpoint` + `/v1/logs`.")
        String logsEndpoint,

        @Doc("Accepted for compatibility; Sluice has no profiles.")
        String profilesEndpoint,

        @Doc("Of the bodies: `proto` or `json`.") String encoding,
        @Doc("Retries.") RetryConfig retryOnFailure,
        @Doc("The queue before the exporter.") QueueConfig sendingQueue)
        implements Config {
    public static final OtlpHttpConfig DEFAULT = new OtlpHttpConfig(
            HttpClientConfig.EXPORTER.within(Duration.ofSeconds(30)).compressedBy(Compression.GZIP),
            "",
            "",
            "",
            "",
            "proto",
            RetryConfig.DEFAULT,
            QueueConfig.DEFAULT);

    boolean json() {
        return encoding.equals("json");
    }

    /** Where a signal goes; null if the configuration names no URL for it. */
    @Nullable
    HttpTarget target(Signal signal) {
        return HttpTarget.parse(url(signal));
    }

    /** Empty if the configuration names none. */
    String url(Signal signal) {
        String own = own(signal);
        String base = client.endpoint();
        if (!own.isEmpty() || base.isEmpty()) {
            return own;
        }
        return (base.endsWith("/") ? base : base + "/") + "v1/" + signal.key();
    }

    @Override
    public void validate(Problems problems) {
        boolean any = !client.endpoint().isEmpty() || !profilesEndpoint.isEmpty();
        for (Signal signal : Signal.values()) {
            any |= !own(signal).isEmpty();
        }
        if (!any) {
            problems.add("at least one endpoint must be specified");
        }
        if (!encoding.equals("proto") && !json()) {
            problems.at("encoding", "invalid encoding type: " + encoding);
        }
        // The Collector says so when it builds the pipelines.
        if (!client.endpoint().isEmpty() && HttpTarget.parse(client.endpoint()) == null) {
            problems.at("endpoint", "endpoint must be a valid URL");
        }
        for (Signal signal : Signal.values()) {
            if (!own(signal).isEmpty() && HttpTarget.parse(own(signal)) == null) {
                problems.at(signal.key() + "_endpoint", signal.key() + "_endpoint must be a valid URL");
            }
        }
    }

    private String own(Signal signal) {
        return switch (signal) {
            case TRACES -> tracesEndpoint;
            case METRICS -> metricsEndpoint;
            case LOGS -> logsEndpoint;
        };
    }
}
