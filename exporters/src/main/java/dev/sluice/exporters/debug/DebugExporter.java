package dev.sluice.exporters.debug;

import dev.sluice.api.Exporter;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Telemetry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;

/** Writes a line of counts for each batch, and with more verbosity a text of what is in it. */
final class DebugExporter implements Exporter {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final LineOutput output;
    private final LineSampler sampler;

    DebugExporter(LineOutput output, LineSampler sampler) {
        this.output = output;
        this.sampler = sampler;
    }

    @Override
    public Future<?> start() {
        return output.open();
    }

    @Override
    public Future<?> stop() {
        return output.close();
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        Future<?> written = write(Summary.title(batch), Summary.counts(batch));
        return written.map((Outcome) Outcome.ACCEPTED)
                .otherwise(error -> Outcome.retryable(Reason.UNAVAILABLE, String.valueOf(error), RETRY_AFTER));
    }

    private Future<?> write(String message, Map<String, Integer> fields) {
        return sampler.passes(message) ? output.write(message, fields) : Future.succeededFuture();
    }
}
