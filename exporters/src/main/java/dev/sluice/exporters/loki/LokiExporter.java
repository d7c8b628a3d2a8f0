package dev.sluice.exporters.loki;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Exporter;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.exporters.Shipment;
import dev.sluice.otlp.Bytes;
import dev.sluice.transport.client.HttpChannel;
import dev.sluice.transport.client.HttpOutcome;
import dev.sluice.transport.client.HttpTarget;
import dev.sluice.transport.compression.Compression;
import dev.sluice.transport.compression.Compressor;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;

/**
 * Pushes each batch as one request, or several where it is large or of several tenants. Loki takes all lines of a request, or says which it
 * refuses and takes the others. On one loop.
 */
final class LokiExporter implements Exporter {
    private static final String TENANT = "X-Scope-OrgID";

    private final LokiConfig config;
    private final HttpChannel channel;
    private final Compressor compressor;
    private final HttpTarget target;
    private final PushWriter writer;
    /** What waits for a retry, by the batch that will come again; one that does not is forgotten with its last reference. */
    private final Map<Telemetry, Shipment<PushRequest>> waiting = new WeakHashMap<>();

    LokiExporter(LokiConfig config, ComponentContext context) {
        this.config = config;
        channel = new HttpChannel(config.client().compressedBy(Compression.NONE), context);
        Compression compression = Objects.requireNonNull(config.bodies(), "the configuration is valid");
        compressor = new Compressor(compression, Compression.DEFAULT_LEVEL, context);
        target = Objects.requireNonNull(HttpTarget.parse(config.client().endpoint()), "the configuration is valid");
        writer = new PushWriter(config, context, this::body);
    }

    @Override
    public Future<?> start() {
        return channel.start();
    }

    @Override
    public Future<?> stop() {
        compressor.close();
        return channel.stop();
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        Shipment<PushRequest> interrupted = waiting.remove(batch);
        Shipment<PushRequest> shipment = interrupted == null
                ? new Shipment<>(writer.write(batch, tenant(batch)), 0, "", 1, this::post)
                : interrupted;
        return shipment.send().onSuccess(outcome -> {
            if (outcome instanceof Outcome.Refused refused && refused.reason().retryable()) {
                waiting.put(batch, shipment);
            }
        });
    }

    /** Of what names none by an attribute. */
    private String tenant(Telemetry batch) {
        return batch.origin()
                .metadata()
                .getOrDefault(config.tenantMetadataKey().toLowerCase(Locale.ROOT), config.tenant());
    }

    private Future<Bytes> body(Bytes push) {
        return compressor.compress(config.encoding() == PushEncoding.JSON ? JsonPush.of(push) : push);
    }

    private Future<Outcome> post(PushRequest request) {
        if (!Tenant.valid(request.tenant())) {
            return Future.succeededFuture(Outcome.permanent(Outcome.Reason.INVALID, Tenant.problem(request.tenant())));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", config.encoding().contentType());
        if (compressor.compression() == Compression.GZIP) {
            headers.put("content-encoding", Compression.GZIP.key());
        }
        if (!request.tenant().isEmpty()) {
            headers.put(TENANT, request.tenant());
        }
        return request.body()
                .compose(body -> channel.post(target, headers, body))
                .map(reply -> HttpOutcome.of("Loki push request", reply));
    }
}
