package dev.sluice.exporters.loki;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Exporter;
import dev.sluice.api.Meters;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
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

/** Pushes each batch as one request; Loki takes all its lines, or says which it refuses and takes the others. On one loop. */
final class LokiExporter implements Exporter {
    private static final String TENANT = "X-Scope-OrgID";

    private final LokiConfig config;
    private final HttpChannel channel;
    private final Compressor compressor;
    private final HttpTarget target;
    private final PushWriter writer;

    LokiExporter(LokiConfig config, ComponentContext context) {
        this.config = config;
        channel = new HttpChannel(config.client().compressedBy(Compression.NONE), context);
        compressor = new Compressor(Compression.SNAPPY, Compression.DEFAULT_LEVEL, context);
        target = Objects.requireNonNull(HttpTarget.parse(config.client().endpoint()), "the configuration is valid");
        Meters.Counter cut =
                context.meters().counter("exporter_loki_cut_lines", "{line}", "Lines cut to max_line_size.", Map.of());
        writer = new PushWriter(config, context.clock(), () -> cut.add(1));
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
        Map<String, String> headers = headers(batch.origin());
        return compressor
                .compress(writer.write(batch))
                .compose(body -> channel.post(target, headers, body))
                .map(reply -> HttpOutcome.of("Loki push request", reply));
    }

    private Map<String, String> headers(Origin origin) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/x-protobuf");
        String tenant =
                origin.metadata().getOrDefault(config.tenantMetadataKey().toLowerCase(Locale.ROOT), config.tenant());
        if (!tenant.isEmpty()) {
            headers.put(TENANT, tenant);
        }
        return headers;
    }
}
