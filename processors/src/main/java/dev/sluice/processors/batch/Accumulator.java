package dev.sluice.processors.batch;

import dev.sluice.api.Admission;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.api.Timer;
import dev.sluice.otlp.Bytes;
import dev.sluice.processors.batch.BatchProcessorConfig.Acknowledge;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Gathers batches until they are many enough or old enough, and sends them merged, one send at a time. While a send is under way
 * and another one has gathered, further batches are kept but not yet answered: that is the back-pressure.
 */
final class Accumulator {
    private final BatchProcessorConfig config;
    private final TelemetryConsumer next;
    private final ComponentContext context;
    private final Admission admission;
    private final Logger log;
    private final BatchMeters meters;
    private final Origin origin;
    private final boolean delivered;

    private final ArrayDeque<Share> waiting = new ArrayDeque<>();
    /** Items in {@link #waiting}. */
    private int items;

    private @Nullable Timer timer;
    /** The time is up for what waits. */
    private boolean due;

    private boolean sending;
    private boolean pumping;
    /** Set by {@link #drain}: nothing waits any more. */
    private @Nullable Promise<Void> drained;

    Accumulator(
            BatchProcessorConfig config,
            TelemetryConsumer next,
            ComponentContext context,
            BatchMeters meters,
            Origin origin) {
        this.config = config;
        this.next = next;
        this.context = context;
        this.admission = context.admission();
        this.log = context.log();
        this.meters = meters;
        this.origin = origin;
        this.delivered = switch (config.acknowledge()) {
            case Acknowledge.AUTO -> context.deliversDurably();
            case Acknowledge.ACCEPTED -> false;
            case Acknowledge.DELIVERED -> true;
        };
    }

    Future<Outcome> add(Telemetry batch) {
        boolean room = !sending || (config.waits() && items < config.sendBatchSize());
        Share share = new Share(batch);
        waiting.add(share);
        items += share.items();
        if (room && !delivered) {
            accept(share);
        }
        pump();
        return share.answer().future();
    }

    /** Sends all that waits, also what comes later, and completes when everything has been answered. */
    Future<?> drain() {
        if (drained == null) {
            drained = Promise.promise();
            pump();
        }
        return drained.future();
    }

    private void pump() {
        if (pumping) {
            return;
        }
        // An answer that is there at once must not start the next send from within this one: the stack would grow with
        // the backlog.
        pumping = true;
        while (!sending && items > 0 && ready()) {
            send();
        }
        pumping = false;
        if (items > 0 && timer == null && !due) {
            timer = context.after(config.timeout(), this::timeUp);
        }
        if (drained != null && items == 0 && !sending) {
            drained.tryComplete();
        }
    }

    private boolean ready() {
        return drained != null || due || !config.waits() || items >= config.sendBatchSize();
    }

    private void timeUp() {
        timer = null;
        due = true;
        pump();
    }

    private void send() {
        due = false;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        boolean timedOut = config.waits() && items < config.sendBatchSize();
        Send send = take();
        items -= send.items;
        sending = true;
        Telemetry merged = Telemetry.of(send.shares.getFirst().signal(), Bytes.concat(send.wires), send.items, origin);
        next.consume(merged).onComplete(answer -> answered(send, merged, timedOut, answer));
    }

    /** From the front of what waits: up to the maximum size if there is one, else as many whole batches as make a full one. */
    private Send take() {
        Send send = new Send();
        int most = config.sendBatchMaxSize();
        int enough = most > 0 ? most : config.sendBatchSize();
        do {
            Share share = waiting.removeFirst();
            send.add(share, share.items());
            if (!delivered) {
                accept(share);
            }
        } while (send.items < enough && !waiting.isEmpty());
        return send;
    }

    /** Answers for the batch; from now on its bytes are charged here instead of at the receiver. */
    private void accept(Share share) {
        if (share.answer().tryComplete(Outcome.ACCEPTED)) {
            admission.charge(share.bytes());
        }
    }

    private void answered(Send send, Telemetry merged, boolean timedOut, AsyncResult<Outcome> answer) {
        sending = false;
        if (answer.succeeded()) {
            settle(send, merged, timedOut, answer.result());
        } else {
            fail(send, answer.cause());
        }
        pump();
    }

    private void settle(Send send, Telemetry merged, boolean timedOut, Outcome outcome) {
        long rejected = 0;
        switch (outcome) {
            case Accepted accepted -> {
                meters.sent(timedOut, send.items, merged.wire().length());
                rejected = accepted.rejectedItems();
            }
            case Refused refused -> drop(send, refused.message(), null);
        }
        for (int i = 0; i < send.shares.size(); i++) {
            // Whose items were rejected is not known: the sum is kept by filling one share after the other.
            long part = Math.min(rejected, send.counts.get(i));
            rejected -= part;
            Share share = send.shares.get(i);
            share.settle(outcome instanceof Accepted all ? new Accepted(part, all.message()) : outcome);
            if (share.settled()) {
                release(share);
                share.answer().tryComplete(share.outcome());
            }
        }
    }

    private void fail(Send send, Throwable cause) {
        drop(send, String.valueOf(cause), cause);
        for (Share share : send.shares) {
            share.settle(Outcome.ACCEPTED);
            if (share.settled()) {
                release(share);
            }
            share.answer().tryFail(cause);
        }
    }

    private void release(Share share) {
        if (!delivered) {
            admission.release(share.bytes());
        }
    }

    private void drop(Send send, String error, @Nullable Throwable cause) {
        if (delivered) {
            return;
        }
        meters.dropped(send.items);
        log.atWarn()
                .addKeyValue("error", error)
                .addKeyValue("dropped_items", send.items)
                .setCause(cause)
                .log("Sender failed");
    }

    /** What goes out as one batch, and whose it is. */
    private static final class Send {
        private final List<Share> shares = new ArrayList<>();
        private final List<Bytes> wires = new ArrayList<>();
        /** How many items of each share. */
        private final List<Integer> counts = new ArrayList<>();

        private int items;

        private void add(Share share, int count) {
            shares.add(share);
            wires.add(share.take(count));
            counts.add(count);
            items += count;
        }
    }
}
