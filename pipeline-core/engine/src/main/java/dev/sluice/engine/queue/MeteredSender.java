package dev.sluice.engine.queue;

import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Counts what came of the batches of one signal, all attempts taken together, and logs what is lost. One event loop. */
final class MeteredSender implements TelemetryConsumer {
    private final TelemetryConsumer next;
    private final SendMeters meters;
    private final Logger log;
    private final boolean queued;

    /** {@code queued}: whoever sent the batch has its answer already, so that a failure loses it. */
    MeteredSender(TelemetryConsumer next, SendMeters meters, Logger log, boolean queued) {
        this.next = next;
        this.meters = meters;
        this.log = log;
        this.queued = queued;
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        Future<Outcome> answer = next.consume(batch);
        if (!answer.isComplete()) {
            int items = batch.items();
            answer.onComplete((outcome, failure) -> count(items, outcome, failure));
        } else if (answer.succeeded()) {
            count(batch.items(), answer.result(), null);
        } else {
            count(batch.items(), null, answer.cause());
        }
        return answer;
    }

    private void count(int items, @Nullable Outcome outcome, @Nullable Throwable failure) {
        if (outcome == null) {
            failed(items, "internal error", failure);
            return;
        }
        switch (outcome) {
            case Accepted accepted -> {
                meters.sent().add(items - accepted.rejectedItems());
                if (accepted.rejectedItems() > 0) {
                    failed(accepted.rejectedItems(), accepted.message(), null);
                }
            }
            case Refused refused -> failed(items, refused.message(), null);
        }
    }

    private void failed(long items, String message, @Nullable Throwable cause) {
        meters.failed().add(items);
        log.atError()
                .setCause(cause)
                .addKeyValue("error", message)
                .addKeyValue(queued ? "dropped_items" : "rejected_items", items)
                .log(queued ? "Exporting failed. Dropping data." : "Exporting failed. Rejecting data.");
    }
}
