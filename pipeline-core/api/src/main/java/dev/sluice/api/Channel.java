package dev.sluice.api;

import io.vertx.core.Future;
import java.util.function.Function;

/**
 * The way from a component's instances on all loops to the one on the first loop, which keeps what they have in common. As one instance sees it, on
 * its own loop.
 *
 * @param <M> the message; immutable, or given away by whoever sends it
 * @param owner whether the instance is the one that takes the messages
 * @param way leads to the owner
 */
public record Channel<M>(boolean owner, Function<M, Future<Outcome>> way) {
    /** That of the owner, which takes its own messages at once. */
    public static <M> Channel<M> direct(Function<M, Future<Outcome>> taker) {
        return new Channel<>(true, taker);
    }

    /** That of another instance. */
    public static <M> Channel<M> to(Function<M, Future<Outcome>> way) {
        return new Channel<>(false, way);
    }

    /**
     * Hands the message over. The answer is that of the owner, which takes the messages of a loop in their order; it is a refusal with
     * {@link Outcome.Reason#OVERLOADED} where too many wait to be taken.
     */
    public Future<Outcome> send(M message) {
        return way.apply(message);
    }
}
