package dev.sluice.engine.queue;

import dev.sluice.api.Admission;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.Meters;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.otlp.Signal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The queue in memory before one exporter for one signal, as in the Collector: one in the process, with a {@link Lane} on every
 * loop. Its capacity counts what waits, gathers and is being sent. A batch is sent by the loop that it came in on, whoever makes
 * room for it, so that load spreads as the connections do.
 *
 * <p>Shared between threads: everything mutable is guarded by the lock on this object; stages and promises are called outside it.
 */
public final class SendingQueue {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final QueueConfig config;
    private final Admission admission;
    private final QueueMeters meters;
    private final @Nullable Assembler assembler;

    private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
    private final ArrayDeque<Batch> ready = new ArrayDeque<>();
    private final Set<Batch> sending = new LinkedHashSet<>();
    private final ArrayDeque<Entry.Reply> replies = new ArrayDeque<>();
    private final List<Drain> drains = new ArrayList<>();
    private long used;
    private boolean draining;
    private boolean closed;

    /** {@code meters} are those of the exporter. */
    public SendingQueue(Signal signal, QueueConfig config, Admission admission, Meters meters) {
        this.config = config;
        this.admission = admission;
        this.meters = new QueueMeters(meters, signal, config.queueSize());
        assembler = config.batch() == null
                ? null
                : new Assembler(this, signal, config.batch(), config.batch().sizerOr(config.sizer()));
    }

    /** The queue as one loop sees it. {@code owner} runs tasks on that loop, at once if it is the caller's. */
    public Lane lane(ComponentContext context, Executor owner, TelemetryConsumer sender) {
        return new Lane(context, owner, sender);
    }

    /** Drops what is left, says so in the log, and answers who still waits. Legal twice. */
    public void abandon(ComponentContext context) {
        long items = 0;
        synchronized (this) {
            closed = true;
            flush();
            List<Batch> left = new ArrayList<>(sending);
            left.addAll(ready);
            sending.clear();
            ready.clear();
            Refused refusal = Outcome.retryable(Reason.UNAVAILABLE, "stopped before it was sent", RETRY_AFTER);
            for (Batch batch : left) {
                items += batch.telemetry.items();
                settle(batch, refusal, null);
            }
            for (Entry entry : waiting) {
                entry.settle(refusal, null);
                reply(entry);
            }
            waiting.clear();
            meters.state(used, 0);
        }
        if (items > 0) {
            context.log()
                    .atError()
                    .addKeyValue("error", "the time for draining is up")
                    .addKeyValue("dropped_items", items)
                    .log("Exporting failed. Dropping data.");
        }
        work();
    }

    void tick(Assembler.Gathering gathering, Lane here) {
        synchronized (this) {
            if (assembler != null) {
                assembler.tick(gathering, here, ready);
            }
        }
        work();
    }

    void delivered(Batch batch, @Nullable Outcome outcome, @Nullable Throwable failure) {
        synchronized (this) {
            if (!sending.remove(batch)) {
                return;
            }
            settle(batch, outcome, failure);
            while (!waiting.isEmpty() && used + waiting.getFirst().size <= config.queueSize()) {
                Entry entry = waiting.removeFirst();
                if (!config.waitForResult()) {
                    reply(entry);
                }
                admit(entry, batch.lane());
            }
            meters.state(used, sending.size());
        }
        work();
    }

    private Future<Outcome> offer(Entry entry) {
        synchronized (this) {
            if (closed) {
                return refused(entry, Outcome.retryable(Reason.UNAVAILABLE, "the exporter is stopped", RETRY_AFTER));
            }
            if (entry.size > config.queueSize()) {
                return refused(entry, Outcome.permanent(Reason.TOO_LARGE, "element size too large"));
            }
            if (!waiting.isEmpty() || used + entry.size > config.queueSize()) {
                if (!config.blockOnOverflow()) {
                    return refused(entry, Outcome.retryable(Reason.OVERLOADED, "sending queue is full", RETRY_AFTER));
                }
                waiting.add(entry);
                return entry.hold().future();
            }
            Future<Outcome> answer = config.waitForResult() ? entry.hold().future() : Outcome.accepted();
            admit(entry, entry.lane);
            meters.state(used, sending.size());
            return answer;
        }
    }

    private Future<Outcome> refused(Entry entry, Refused refusal) {
        meters.enqueueFailed(entry.batch);
        return Future.succeededFuture(refusal);
    }

    private void admit(Entry entry, Lane here) {
        used += entry.size;
        if (!config.waitForResult()) {
            admission.charge(entry.batch.wire().length());
        }
        if (assembler == null || draining) {
            ready.add(new Batch(this, entry.batch, List.of(entry)));
        } else {
            assembler.add(entry, here, ready);
        }
    }

    private void settle(Batch batch, @Nullable Outcome outcome, @Nullable Throwable failure) {
        for (Entry entry : batch.entries) {
            if (entry.settle(outcome, failure)) {
                used -= entry.size;
                if (!config.waitForResult()) {
                    admission.release(entry.batch.wire().length());
                }
                reply(entry);
            }
        }
    }

    private void reply(Entry entry) {
        Entry.Reply reply = entry.reply();
        if (reply != null) {
            replies.add(reply);
        }
    }

    private void flush() {
        draining = true;
        if (assembler != null) {
            assembler.flush(ready);
        }
    }

    /** Does outside the lock what has become possible inside it. */
    private void work() {
        while (true) {
            Entry.Reply reply;
            Batch batch = null;
            Drain drain = null;
            synchronized (this) {
                reply = replies.poll();
                if (reply == null && sending.size() < config.numConsumers()) {
                    batch = ready.poll();
                    if (batch != null) {
                        sending.add(batch);
                        meters.sending(batch, used, sending.size());
                    }
                }
                if (reply == null && batch == null && empty() && !drains.isEmpty()) {
                    drain = drains.removeLast();
                }
            }
            if (reply != null) {
                reply.give();
            } else if (batch != null) {
                batch.lane().send(batch);
            } else if (drain != null) {
                drain.done();
            } else {
                return;
            }
        }
    }

    private boolean empty() {
        return used == 0 && waiting.isEmpty();
    }

    /** A loop that waits for the queue to run dry. */
    private record Drain(Lane lane, Promise<Void> promise) {
        void done() {
            lane.owner.execute(promise::complete);
        }
    }

    /** One loop's way in and out. */
    public final class Lane implements TelemetryConsumer {
        private final ComponentContext context;
        private final Executor owner;
        private final TelemetryConsumer sender;
        private final ArrayDeque<Batch> outbox = new ArrayDeque<>();
        private boolean sendingNow;

        private Lane(ComponentContext context, Executor owner, TelemetryConsumer sender) {
            this.context = context;
            this.owner = owner;
            this.sender = sender;
        }

        @Override
        public Future<Outcome> consume(Telemetry batch) {
            meters.enqueued(batch);
            long size = switch (config.sizer()) {
                case REQUESTS -> 1;
                case ITEMS -> batch.items();
                case BYTES -> batch.wire().length();
            };
            if (size == 0) {
                return Outcome.accepted();
            }
            Future<Outcome> answer = offer(new Entry(this, batch, size));
            work();
            return answer;
        }

        /** Sends what has gathered without waiting for more, and succeeds when nothing is left in the whole queue. */
        public Future<?> drain() {
            Promise<Void> promise = Promise.promise();
            synchronized (SendingQueue.this) {
                flush();
                drains.add(new Drain(this, promise));
            }
            work();
            return promise.future();
        }

        ComponentContext context() {
            return context;
        }

        Executor owner() {
            return owner;
        }

        private void send(Batch batch) {
            owner.execute(() -> {
                outbox.add(batch);
                sendOutbox();
            });
        }

        /** A loop and no recursion, for an exporter that answers at once frees the next batch while it is being called. */
        private void sendOutbox() {
            if (sendingNow) {
                return;
            }
            sendingNow = true;
            Batch batch = outbox.poll();
            while (batch != null) {
                Future<Outcome> answer = Outcomes.ask(sender, batch.telemetry);
                answer.onComplete(batch);
                batch = outbox.poll();
            }
            sendingNow = false;
        }
    }
}
