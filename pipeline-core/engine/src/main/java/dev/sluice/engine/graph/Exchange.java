package dev.sluice.engine.graph;

import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.engine.queue.Outcomes;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands messages over to another loop, and the answers back. What waits to be taken over is bounded: beyond that messages are
 * refused at once. Shared between threads: many loops offer, one takes.
 *
 * <p>The ring is Dmitry Vyukov's bounded queue (1024cores.net, "Bounded MPMC queue") with its consumer's side reduced to one
 * thread: a slot's turn says whether it is free for position p (p) or filled at it (p + 1).
 *
 * @param <M> the message: a batch, or what a component tells its instance on the first loop. Immutable, or given away
 */
final class Exchange<M> {
    static final int CAPACITY = 1024;

    private static final VarHandle TURN = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle TAIL;
    private static final VarHandle AWAKE;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    /** So many messages are taken over before the loop may turn to something else. */
    private static final int BURST = 64;

    static {
        try {
            TAIL = MethodHandles.lookup().findVarHandle(Exchange.class, "tail", long.class);
            AWAKE = MethodHandles.lookup().findVarHandle(Exchange.class, "awake", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final @Nullable Handover<M>[] slots;
    private final long[] turns;
    private final int mask;

    @SuppressWarnings("UnusedVariable")
    private volatile long tail;
    /** The target has been told, and has not yet found the ring empty since. */
    @SuppressWarnings("UnusedVariable")
    private volatile boolean awake;

    private volatile @Nullable Target<M> target;
    /** Of the target's loop only. */
    private long head;

    /** {@code capacity} is a power of two. */
    @SuppressWarnings("unchecked") // an array of a generic type cannot be made otherwise
    Exchange(int capacity) {
        slots = (Handover<M>[]) new Handover<?>[capacity];
        turns = new long[capacity];
        mask = capacity - 1;
        for (int i = 0; i < capacity; i++) {
            turns[i] = i;
        }
    }

    /** Sets who takes the messages; before anything is offered. */
    void bind(Loop loop, Function<M, Future<Outcome>> taker) {
        target = new Target<>(loop, taker);
    }

    /** The way in for a loop. */
    Function<M, Future<Outcome>> from(Loop source) {
        return message -> {
            Handover<M> handover = new Handover<>(message, source);
            Target<M> to = target;
            if (to == null || !offer(handover)) {
                return Future.succeededFuture(
                        Outcome.retryable(Reason.OVERLOADED, "the exchange between event loops is full", RETRY_AFTER));
            }
            if (!(boolean) AWAKE.getAndSet(this, true)) {
                to.loop.later(this::drain);
            }
            return handover.answer.future();
        };
    }

    private boolean offer(Handover<M> handover) {
        while (true) {
            long position = (long) TAIL.getVolatile(this);
            int slot = (int) position & mask;
            long turn = (long) TURN.getAcquire(turns, slot);
            if (turn == position) {
                if (TAIL.compareAndSet(this, position, position + 1)) {
                    slots[slot] = handover;
                    TURN.setRelease(turns, slot, position + 1);
                    return true;
                }
            } else if (turn < position) {
                return false;
            }
        }
    }

    private @Nullable Handover<M> poll() {
        int slot = (int) head & mask;
        if ((long) TURN.getAcquire(turns, slot) != head + 1) {
            return null;
        }
        Handover<M> handover = slots[slot];
        slots[slot] = null;
        TURN.setRelease(turns, slot, head + slots.length);
        head++;
        return handover;
    }

    private void drain() {
        Target<M> to = java.util.Objects.requireNonNull(target);
        for (int i = 0; i < BURST; i++) {
            Handover<M> handover = poll();
            if (handover == null) {
                AWAKE.setVolatile(this, false);
                // Someone may have offered since the poll and seen that the target was awake.
                handover = poll();
                if (handover == null) {
                    return;
                }
                if ((boolean) AWAKE.getAndSet(this, true)) {
                    // And someone else has woken it since: that drain takes the rest.
                    Outcomes.hand(to.taker, handover.message).onComplete(handover);
                    return;
                }
            }
            Outcomes.hand(to.taker, handover.message).onComplete(handover);
        }
        to.loop.later(this::drain);
    }

    private record Target<M>(Loop loop, Function<M, Future<Outcome>> taker) {}

    /** A message on its way over, and its answer on the way back. */
    private static final class Handover<M> implements Completable<Outcome> {
        private final M message;
        private final Loop source;
        private final Promise<Outcome> answer = Promise.promise();

        private Handover(M message, Loop source) {
            this.message = message;
            this.source = source;
        }

        @Override
        public void complete(@Nullable Outcome outcome, @Nullable Throwable failure) {
            source.execute(() -> answer.complete(outcome, failure));
        }
    }
}
