package dev.sluice.exporters.nop;

import dev.sluice.api.Exporter;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import io.vertx.core.Future;

/** Accepts everything and forgets it. */
final class NopExporter implements Exporter {
    @Override
    public Future<Outcome> consume(Telemetry batch) {
        return Outcome.accepted();
    }
}
