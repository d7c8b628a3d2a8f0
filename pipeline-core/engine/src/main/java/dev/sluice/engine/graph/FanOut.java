package dev.sluice.engine.graph;

import dev.sluice.api.Meters.Counter;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.engine.queue.Outcomes;
import io.vertx.core.Future;
import java.util.List;

/**
 * Passes the same batch to several branches, none of which waits for another, and answers when all have. It never retries: after a
 * refusal by some, the sender's retry reaches also those that had accepted.
 */
final class FanOut implements TelemetryConsumer {
    private final TelemetryConsumer[] branches;
    private final Counter entering;

    /** {@code entering} is told the items of every batch, once. The branches must not throw, as edges do not. */
    FanOut(List<? extends TelemetryConsumer> branches, Counter entering) {
        this.branches = branches.toArray(TelemetryConsumer[]::new);
        this.entering = entering;
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        entering.add(batch.items());
        Outcomes outcomes = new Outcomes(Outcomes.Parts.SAME);
        for (TelemetryConsumer branch : branches) {
            outcomes.add(branch.consume(batch));
        }
        return outcomes.joined();
    }
}
