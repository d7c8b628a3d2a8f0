package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Meters;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.otlp.Bytes;
import dev.sluice.transport.client.HttpChannel;
import dev.sluice.transport.client.HttpOutcome;
import dev.sluice.transport.client.HttpReply;
import dev.sluice.transport.client.HttpTarget;
import dev.sluice.transport.compression.Compression;
import dev.sluice.transport.compression.Compressor;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where requests go to, and what its answers mean: remote write specification 1.0 and 2.0, "retries and backoff" and "partial write". */
final class Endpoint {
    private static final String REQUEST = "remote write request";
    private static final int BAD_REQUEST = 400;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    private final RemoteWriteConfig config;
    private final ComponentContext context;
    private final HttpChannel channel;
    private final Compressor compressor;
    private final HttpTarget target;
    private final Meters.Counter sentBatches;
    private final Meters.Counter writtenSamples;
    private final Meters.Counter writtenHistograms;
    private final Meters.Counter writtenExemplars;

    Endpoint(RemoteWriteConfig config, ComponentContext context) {
        this.config = config;
        this.context = context;
        this.channel = new HttpChannel(config.connection(), context);
        this.compressor = new Compressor(Compression.SNAPPY, Compression.DEFAULT_LEVEL, context);
        this.target =
                Objects.requireNonNull(HttpTarget.parse(config.client().endpoint()), "the configuration is valid");
        Meters meters = context.meters();
        sentBatches = meters.counter(
                "exporter_prometheusremotewrite_sent_batches",
                "{batch}",
                "Requests that were sent, whatever the answer.",
                Map.of());
        writtenSamples = meters.counter(
                "exporter_prometheusremotewrite_written_samples",
                "{sample}",
                "Samples that the endpoint says it has written (remote write 2.0).",
                Map.of());
        writtenHistograms = meters.counter(
                "exporter_prometheusremotewrite_written_histograms",
                "{histogram}",
                "Native histograms that the endpoint says it has written (remote write 2.0).",
                Map.of());
        writtenExemplars = meters.counter(
                "exporter_prometheusremotewrite_written_exemplars",
                "{exemplar}",
                "Exemplars that the endpoint says it has written (remote write 2.0).",
                Map.of());
    }

    Future<?> start() {
        return channel.start();
    }

    Future<?> stop() {
        compressor.close();
        return channel.stop();
    }

    /** A body as {@link #post} takes it. */
    Future<Bytes> compress(Bytes body) {
        return compressor.compress(body);
    }

    /** The headers of the requests of a batch. */
    Map<String, String> headers(Origin origin) {
        Map<String, String> headers = new LinkedHashMap<>(config.message().headers());
        headers.put("content-encoding", Compression.SNAPPY.key());
        for (String key : config.includeMetadataKeys()) {
            String value = origin.metadata().get(key.toLowerCase(Locale.ROOT));
            if (value != null) {
                headers.put(key, value);
            }
        }
        return headers;
    }

    /** Accepted, with the points that were not written, or why it was refused. */
    Future<Outcome> post(RequestList.Request request, Map<String, String> headers) {
        return request.body()
                .compose(body -> channel.post(target, headers, body))
                .map(reply -> {
                    sentBatches.add(1);
                    return switch (reply) {
                        case HttpReply.NoAnswer none -> HttpOutcome.refused(REQUEST, none);
                        case HttpReply.Answer answer -> outcome(request, answer);
                    };
                });
    }

    private Outcome outcome(RequestList.Request request, HttpReply.Answer answer) {
        boolean counted = config.message() == ProtobufMessage.WRITE_V2_REQUEST;
        Written written = counted ? written(answer) : null;
        if (answer.success()) {
            return !counted ? Outcome.ACCEPTED : written == null ? uncounted() : accepted(request, written, "");
        }
        Outcome.Refused refused = HttpOutcome.refused(REQUEST, answer);
        if (refused.reason().retryable()) {
            return refused;
        }
        if (written != null && written.any()) {
            context.log().warn("Part of a request was not written: {}", refused.message());
            return accepted(request, written, refused.message());
        }
        // An endpoint that knows no version but 1.0 may also say that it cannot read the request.
        boolean foreign = answer.status() == UNSUPPORTED_MEDIA_TYPE
                || (answer.status() == BAD_REQUEST && counted && written == null);
        return foreign
                ? Outcome.permanent(
                        refused.reason(),
                        refused.message() + "; the endpoint may know another protobuf_message than "
                                + config.message().key())
                : refused;
    }

    /** One that takes 2.0 for 1.0 finds nothing in it, and no fault: the specification has senders take that for a refusal. */
    private Outcome uncounted() {
        return Outcome.permanent(
                Outcome.Reason.INVALID,
                "the endpoint has written nothing: it answers without X-Prometheus-Remote-Write-Samples-Written, and may know another "
                        + "protobuf_message than " + config.message().key());
    }

    /** Points become several samples, or one: what is missing counts as points up to their number. */
    private static Outcome accepted(RequestList.Request request, Written written, String message) {
        long missing = (long) request.counts().samples()
                + request.counts().histograms()
                - written.samples()
                - written.histograms();
        return missing <= 0
                ? Outcome.ACCEPTED
                : new Outcome.Accepted(
                        Math.min(missing, request.items()),
                        message.isEmpty() ? "the endpoint has not written " + missing + " samples" : message);
    }

    /** Null where the endpoint does not say. */
    private @Nullable Written written(HttpReply.Answer answer) {
        Long samples = count(answer, "samples");
        Long histograms = count(answer, "histograms");
        Long exemplars = count(answer, "exemplars");
        if (samples == null && histograms == null && exemplars == null) {
            return null;
        }
        Written written = new Written(orNone(samples), orNone(histograms), orNone(exemplars));
        writtenSamples.add(written.samples());
        writtenHistograms.add(written.histograms());
        writtenExemplars.add(written.exemplars());
        return written;
    }

    private static @Nullable Long count(HttpReply.Answer answer, String what) {
        String header = answer.extensions().get("x-prometheus-remote-write-" + what + "-written");
        boolean number = header != null
                && !header.isEmpty()
                && header.length() < 19
                && header.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.valueOf(header) : null;
    }

    private static long orNone(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    /** What the endpoint says it has written. */
    private record Written(long samples, long histograms, long exemplars) {
        boolean any() {
            return samples + histograms + exemplars > 0;
        }
    }
}
