package dev.sluice.engine.queue;

import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import io.vertx.core.Completable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is sent at a time: a queue's entry, a part of one, or several merged. */
final class Batch implements Completable<Outcome> {
    final Telemetry telemetry;
    /** Those that have something in it. */
    final List<Entry> entries;

    private final SendingQueue queue;

    Batch(SendingQueue queue, Telemetry telemetry, List<Entry> entries) {
        this.queue = queue;
        this.telemetry = telemetry;
        this.entries = entries;
    }

    /** The lane that sends it: that of its last entry, whose arrival completed it. */
    SendingQueue.Lane lane() {
        return entries.getLast().lane;
    }

    @Override
    public void complete(@Nullable Outcome outcome, @Nullable Throwable failure) {
        queue.delivered(this, outcome, failure);
    }
}
