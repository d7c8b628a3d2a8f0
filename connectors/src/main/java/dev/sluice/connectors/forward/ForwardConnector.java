package dev.sluice.connectors.forward;

import dev.sluice.api.Connector;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outputs;
import dev.sluice.api.Telemetry;
import io.vertx.core.Future;

/** Passes every batch to all pipelines of its signal that begin with the connector, and their answer back. */
final class ForwardConnector implements Connector {
    private final Outputs outputs;

    ForwardConnector(Outputs outputs) {
        this.outputs = outputs;
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        return outputs.to(batch.signal()).consume(batch);
    }
}
