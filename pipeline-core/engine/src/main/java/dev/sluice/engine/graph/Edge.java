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
    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);

    /** Which connection it is, on whatever loop. */
    record Key(PipelineId pipeline, ComponentId from, ComponentId to) {}

    /** What an edge counts: items, but for the bytes of all that came. */
    enum Count {
        ACCEPTED,
        REFUSED,
        FAILED,
        /** Accepted with the rest, and thrown away by a stage that said so. */
        DROPPED,
        BYTES
    }

    private final Key key;
    private final Loop loop;
    private final Counter entering;
    private final long[] counts = new long[Count.values().length];
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

    long count(Count what) {
        return (long) COUNTS.getOpaque(counts, what.ordinal());
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        TelemetryConsumer stage = next;
        if (stage == null || !loop.inside()) {
            String why = stage == null ? "not connected" : "called on " + Thread.currentThread();
            return Future.failedFuture(new IllegalStateException(key + ": " + why));
        }
        int items = batch.items();
        entering.add(items);
        add(Count.BYTES, batch.wire().length());
        Future<Outcome> answer;
        try {
            answer = stage.consume(batch);
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("{} threw an exception in pipeline {}", key.to, key.pipeline);
            add(Count.FAILED, items);
            return Future.failedFuture(bug);
        }
        if (!answer.isComplete()) {
            answer.onComplete((outcome, failure) -> note(items, outcome));
        } else {
            note(items, answer.succeeded() ? answer.result() : null);
        }
        return answer;
    }

    private void note(int items, @Nullable Outcome outcome) {
        if (outcome == null) {
            add(Count.FAILED, items);
            return;
        }
        switch (outcome) {
            case Accepted accepted -> {
                add(Count.ACCEPTED, items - accepted.rejectedItems());
                add(Count.DROPPED, accepted.rejectedItems());
            }
            case Refused refused -> add(Count.REFUSED, items);
        }
    }

    /** Only the loop writes, so that no atomic addition is needed; opaque, so that no reader sees half a number. */
    private void add(Count what, long amount) {
        long[] all = counts;
        COUNTS.setOpaque(all, what.ordinal(), all[what.ordinal()] + amount);
    }

    /** The stages' common way to say nothing about what enters. */
    static final Counter UNCOUNTED = amount -> {};

    static Counter both(Counter first, Counter second) {
        return amount -> {
            first.add(amount);
            second.add(amount);
        };
    }

    @Override
    public String toString() {
        return key.pipeline + ": " + key.from + " -> " + key.to;
    }
}
