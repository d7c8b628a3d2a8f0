package dev.sluice.engine.graph;

import dev.sluice.api.ComponentId;
import dev.sluice.api.Meters.Counter;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.PipelineId;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import io.vertx.core.Future;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a graph: it counts what passes, turns what is thrown behind it into a failed future, and lets only its own
 * loop through. Consumes on that loop; the counts may be read from any thread.
 */
final class Edge implements TelemetryConsumer {
    /** Nobody wants to know what enters. */
    static final Counter UNCOUNTED = amount -> {};

    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);

    /** Which connection it is, on whatever loop. */
    record Key(PipelineId pipeline, ComponentId from, ComponentId to) {}

    /**
     * What has passed: items, but for the bytes.
     *
     * @param dropped accepted with the rest, and thrown away by a stage that said so
     * @param bytes of all that came
     */
    record Counts(long accepted, long refused, long failed, long dropped, long bytes) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    accepted + other.accepted,
                    refused + other.refused,
                    failed + other.failed,
                    dropped + other.dropped,
                    bytes + other.bytes);
        }
    }

    private static final int ACCEPTED = 0;
    private static final int REFUSED = 1;
    private static final int FAILED = 2;
    private static final int DROPPED = 3;
    private static final int BYTES = 4;

    private final Key key;
    private final Loop loop;
    private final Counter entering;
    private final long[] counts = new long[BYTES + 1];
    private @Nullable TelemetryConsumer next;

    /** {@code entering} is told the items of every batch. */
    Edge(Key key, Loop loop, Counter entering) {
        this.key = key;
        this.loop = loop;
        this.entering = entering;
    }

    /** Sets the stage that it leads to; late, for connectors may lead in circles of signals. */
    Edge to(TelemetryConsumer stage) {
        next = stage;
        return this;
    }

    Key key() {
        return key;
    }

    Counts counts() {
        return new Counts(count(ACCEPTED), count(REFUSED), count(FAILED), count(DROPPED), count(BYTES));
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        TelemetryConsumer stage = next;
        if (stage == null || !loop.inside()) {
            String why = stage == null ? "not connected" : "called on " + Thread.currentThread();
            return Future.failedFuture(new IllegalStateException(key + ": " + why));
        }
        add(BYTES, batch.wire().length());
        int items = 0;
        Future<Outcome> answer;
        try {
            // Counting reads the bytes, and so finds out a component that made nonsense.
            items = batch.items();
            entering.add(items);
            answer = stage.consume(batch);
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("{} threw an exception in pipeline {}", key.to, key.pipeline);
            add(FAILED, items);
            return Future.failedFuture(bug);
        }
        if (!answer.isComplete()) {
            int count = items;
            answer.onComplete((outcome, failure) -> note(count, outcome));
        } else {
            note(items, answer.succeeded() ? answer.result() : null);
        }
        return answer;
    }

    private void note(int items, @Nullable Outcome outcome) {
        if (outcome == null) {
            add(FAILED, items);
            return;
        }
        switch (outcome) {
            case Accepted accepted -> {
                add(ACCEPTED, items - accepted.rejectedItems());
                add(DROPPED, accepted.rejectedItems());
            }
            case Refused refused -> add(REFUSED, items);
        }
    }

    /** Only the loop writes, so that no atomic addition is needed; opaque, so that no reader sees half a number. */
    private void add(int what, long amount) {
        COUNTS.setOpaque(counts, what, counts[what] + amount);
    }

    private long count(int what) {
        return (long) COUNTS.getOpaque(counts, what);
    }

    static Counter both(Counter first, Counter second) {
        return amount -> {
            first.add(amount);
            second.add(amount);
        };
    }
}
