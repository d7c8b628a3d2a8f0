package dev.sluice.engine.queue;

import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/** A batch that came to a queue. Guarded by the queue's lock. */
final class Entry {
    final SendingQueue.Lane lane;
    final Telemetry batch;
    /** In the unit of the queue's capacity. */
    final long size;
    /** How many batches, sent or gathering, still hold something of it. */
    int parts = 1;

    private @Nullable Promise<Outcome> answer;
    private @Nullable Outcome outcome;
    private @Nullable Throwable failure;

    Entry(SendingQueue.Lane lane, Telemetry batch, long size) {
        this.lane = lane;
        this.batch = batch;
        this.size = size;
    }

    /** Makes whoever sent it wait for {@link #reply}. */
    Promise<Outcome> hold() {
        Promise<Outcome> held = Promise.promise();
        answer = held;
        return held;
    }

    /** Notes what became of a part; true if it was the last. */
    boolean settle(@Nullable Outcome part, @Nullable Throwable cause) {
        if (part != null) {
            outcome = outcome == null ? part : Outcomes.join(outcome, part, Outcomes.Parts.DISJOINT);
        } else {
            failure = cause;
        }
        return --parts == 0;
    }

    /** The answer to give outside the lock, or null if nobody waits for one. */
    @Nullable
    Reply reply() {
        Promise<Outcome> held = answer;
        answer = null;
        return held == null ? null : new Reply(lane, held, outcome == null ? Outcome.ACCEPTED : outcome, failure);
    }

    /** An answer on its way to the loop that waits for it. */
    record Reply(
            SendingQueue.Lane lane,
            Promise<Outcome> promise,
            Outcome outcome,
            @Nullable Throwable failure) {
        void give() {
            lane.owner().execute(() -> {
                if (failure == null) {
                    promise.complete(outcome);
                } else {
                    promise.fail(failure);
                }
            });
        }
    }
}
