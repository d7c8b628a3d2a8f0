package dev.sluice.engine.queue;

import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Joins the answers of several stages into one, on one thread: all accepted is accepted; anything retryable makes the whole
 * retryable after the longest delay; then a failure; then the first permanent reason.
 */
public final class Outcomes implements Completable<Outcome> {
    /** How the rejected items of two acceptances add up. */
    public enum Parts {
        /** Every stage saw the same items. */
        SAME,
        /** Every stage saw items of its own. */
        DISJOINT
    }

    private final Parts parts;
    private int missing;
    private @Nullable Outcome outcome;
    private @Nullable Throwable failure;
    private @Nullable Promise<Outcome> promise;

    public Outcomes(Parts parts) {
        this.parts = parts;
    }

    /** Hands the batch to a stage; what it throws becomes a failed future. */
    public static Future<Outcome> ask(TelemetryConsumer stage, Telemetry batch) {
        return hand(stage::consume, batch);
    }

    /** Hands the message to whoever takes it; what that throws becomes a failed future. */
    public static <M> Future<Outcome> hand(Function<M, Future<Outcome>> taker, M message) {
        try {
            return taker.apply(message);
        } catch (RuntimeException bug) {
            return Future.failedFuture(bug);
        }
    }

    /** Adds a stage's answer, which need not be there yet. */
    public void add(Future<Outcome> answer) {
        missing++;
        if (!answer.isComplete()) {
            answer.onComplete(this);
        } else if (answer.succeeded()) {
            complete(answer.result(), null);
        } else {
            complete(null, answer.cause());
        }
    }

    /** The joint answer; call it once, after all have been added. */
    public Future<Outcome> joined() {
        Promise<Outcome> whole = Promise.promise();
        if (missing == 0) {
            answer(whole);
        } else {
            promise = whole;
        }
        return whole.future();
    }

    @Override
    public void complete(@Nullable Outcome answer, @Nullable Throwable cause) {
        if (answer != null) {
            outcome = outcome == null ? answer : join(outcome, answer, parts);
        } else if (failure == null) {
            failure = cause;
        }
        if (--missing == 0 && promise != null) {
            answer(promise);
        }
    }

    private void answer(Promise<Outcome> whole) {
        boolean curable = outcome instanceof Refused refused && refused.reason().retryable();
        if (failure != null && !curable) {
            whole.fail(failure);
        } else {
            whole.complete(outcome == null ? Outcome.ACCEPTED : outcome);
        }
    }

    /** Two answers as one. */
    static Outcome join(Outcome first, Outcome second, Parts parts) {
        return switch (first) {
            case Accepted a ->
                switch (second) {
                    case Accepted b -> joinAccepted(a, b, parts);
                    case Refused b -> b;
                };
            case Refused a ->
                switch (second) {
                    case Accepted b -> a;
                    case Refused b -> joinRefused(a, b);
                };
        };
    }

    private static Accepted joinAccepted(Accepted a, Accepted b, Parts parts) {
        if (b.rejectedItems() == 0) {
            return a;
        }
        if (a.rejectedItems() == 0) {
            return b;
        }
        return switch (parts) {
            case SAME -> a.rejectedItems() >= b.rejectedItems() ? a : b;
            case DISJOINT -> new Accepted(a.rejectedItems() + b.rejectedItems(), a.message());
        };
    }

    private static Refused joinRefused(Refused a, Refused b) {
        if (a.reason().retryable() != b.reason().retryable()) {
            return a.reason().retryable() ? a : b;
        }
        return b.retryAfter().compareTo(a.retryAfter()) > 0 ? new Refused(a.reason(), a.message(), b.retryAfter()) : a;
    }
}
