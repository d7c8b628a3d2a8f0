package dev.sluice.engine.telemetry;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Key;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The block {@code exporter} of whatever sends own telemetry. Exactly one of the two is there. */
public record PushExporter(
        @Doc("Send OTLP.") @Nullable Otlp otlp,
        @Doc("Write to standard output.") @Nullable Console console) implements Config {
    public static final PushExporter DEFAULT = new PushExporter(null, null);

    /** The block {@code console}. */
    public record Console() implements Config {
        public static final Console DEFAULT = new Console();
    }

    /** The block {@code otlp}. */
    public record Otlp(
            @Doc("`http/protobuf` or `grpc`.") Protocol protocol,

            @Doc(
                    "Where to send to: a URL or `host:port`; over HTTP the path of the signal is added where there is none.")
            String endpoint,

            @Doc("Send in the clear to an endpoint without a scheme.")
            boolean insecure,

            @Doc("Headers to send along.") Map<String, Secret> headers,

            @Doc("Headers to send along, as `name=value` pairs with commas between; `headers` wins.")
            String headersList,

            @Doc("`gzip` or `none`.") Compression compression,

            @Doc("Time limit of one request, in milliseconds.")
            int timeout,

            @Doc("File with the certificates that the server's must go back to.")
            String certificate,

            @Doc("File with the certificate to show to the server.")
            String clientCertificate,

            @Doc("File with the key of `client_certificate`.")
            String clientKey,

            @Doc("Of metrics only: `cumulative`, `delta` or `low_memory`.")
            Temporality temporalityPreference,

            @Doc("Of metrics only: what becomes of histograms.")
            HistogramAggregation defaultHistogramAggregation)
            implements Config {
        public static final Otlp DEFAULT = new Otlp(
                Protocol.HTTP_PROTOBUF,
                "",
                false,
                Map.of(),
                "",
                Compression.NONE,
                10_000,
                "",
                "",
                "",
                Temporality.CUMULATIVE,
                HistogramAggregation.EXPLICIT_BUCKET_HISTOGRAM);

        @Override
        public void validate(Problems problems) {
            if (timeout < 0) {
                problems.at("timeout", "'timeout' must be non-negative");
            }
            if (clientCertificate.isEmpty() != clientKey.isEmpty()) {
                problems.at("client_certificate", "'client_certificate' and 'client_key' must be set together");
            }
        }
    }

    /** How OTLP travels. */
    public enum Protocol {
        @Key("http/protobuf")
        HTTP_PROTOBUF,
        GRPC
    }

    /** How OTLP is compressed. */
    public enum Compression {
        NONE,
        GZIP
    }

    /** What a sum counts from: since the start, since the last report, or the cheaper of the two. */
    public enum Temporality {
        CUMULATIVE,
        DELTA,
        LOW_MEMORY
    }

    /** What becomes of histograms. */
    public enum HistogramAggregation {
        EXPLICIT_BUCKET_HISTOGRAM,
        BASE2_EXPONENTIAL_BUCKET_HISTOGRAM
    }
}
