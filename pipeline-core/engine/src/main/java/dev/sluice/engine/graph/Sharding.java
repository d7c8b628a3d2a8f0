package dev.sluice.engine.graph;

import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.engine.queue.Outcomes;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.OtlpPartition;
import io.vertx.core.Future;

/** Splits each batch by key between the loops, so that every key is always seen by the same one. */
final class Sharding implements TelemetryConsumer {
    private final TelemetryConsumer[] shards;

    /** The way to each loop, by index. */
    Sharding(TelemetryConsumer[] shards) {
        this.shards = shards;
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        Bytes[] parts = OtlpPartition.byHash(batch.signal(), batch.wire(), shards.length);
        Outcomes outcomes = new Outcomes(Outcomes.Parts.DISJOINT);
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].isEmpty()) {
                outcomes.add(Outcomes.ask(shards[i], batch.with(parts[i], -1)));
            }
        }
        return outcomes.joined();
    }
}
