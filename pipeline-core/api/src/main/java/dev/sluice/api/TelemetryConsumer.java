package dev.sluice.api;

import io.vertx.core.Future;

/**
 * The next stage. Called on the event loop that owns the pipeline, and answers on it. The returned future is the
 * acknowledgement and the back-pressure: it completes when the stage has done with the batch, and never fails but by a bug.
 */
@FunctionalInterface
public interface TelemetryConsumer {
    Future<Outcome> consume(Telemetry batch);
}
