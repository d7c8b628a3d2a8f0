package dev.sluice.exporters.otlpgrpc;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.api.config.RetryConfig;
import dev.sluice.api.config.Squash;
import dev.sluice.transport.client.GrpcClientConfig;
import dev.sluice.transport.tls.ClientTlsConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Configuration of the exporter {@code otlp_grpc}. */
public record OtlpGrpcConfig(
        @Squash @Doc("The connection.") GrpcClientConfig client,
        @Doc("Time limit of one attempt; 0 for none.") Duration timeout,
        @Doc("Retries.") RetryConfig retryOnFailure,
        @Doc("The queue before the exporter.") QueueConfig sendingQueue,

        @Doc(
                value = "Retry RESOURCE_EXHAUSTED also where the server does not say that it may be retried.",
                sluiceOnly = true)
        boolean retryOnResourceExhausted)
        implements Config {
    public static final OtlpGrpcConfig DEFAULT = new OtlpGrpcConfig(
            new GrpcClientConfig(
                    "",
                    "gzip",
                    ClientTlsConfig.DEFAULT,
                    null,
                    0,
                    512 * 1024,
                    false,
                    Map.of(),
                    "round_robin",
                    "",
                    "",
                    null,
                    List.of()),
            Duration.ofSeconds(5),
            RetryConfig.DEFAULT,
            QueueConfig.DEFAULT,
            false);

    @Override
    public void validate(Problems problems) {
        if (timeout.isNegative()) {
            problems.at("timeout", "'timeout' must be non-negative");
        }
    }
}
