package dev.sluice.exporters;

import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Outcome.Refused;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one batch on their way, several at a time unless order forbids it. After a refusal that may be retried, {@link #send}
 * sends again what did not arrive, and only that. On one loop.
 */
public final class Shipment<R extends Shipment.Request> {
    private final Function<R, Future<Outcome>> post;
    private final int parallelism;
    /** Items that could not be translated. */
    private final long dropped;

    private List<R> waiting;
    /** Of those, by their place, the ones that need not be sent again. */
    private boolean[] settled = {};

    private Promise<Outcome> answer = Promise.promise();
    private @Nullable Refused retryable;
    private int next;
    private int underWay;
    private boolean anyArrived;
    private long rejected;
    private String message;
    private @Nullable Refused permanent;

    /** One of the requests. */
    public interface Request {
        /** Spans, points or records that are in it. */
        int items();

        /** Whether it must wait for the requests before it. */
        boolean ordered();
    }

    /**
     * @param dropped items of the batch that are in no request, and {@code why}; empty where there are none
     * @param parallelism requests under way at a time
     * @param post answers of one request; a partial success counts items
     */
    public Shipment(List<R> requests, long dropped, String why, int parallelism, Function<R, Future<Outcome>> post) {
        this.waiting = requests;
        this.dropped = dropped;
        this.message = why;
        this.parallelism = parallelism;
        this.post = post;
    }

    /** A retryable refusal allows another call. */
    public Future<Outcome> send() {
        answer = Promise.promise();
        settled = new boolean[waiting.size()];
        retryable = null;
        next = 0;
        advance();
        return answer.future();
    }

    private void advance() {
        while (retryable == null && next < waiting.size() && underWay < parallelism) {
            R request = waiting.get(next);
            if (request.ordered() && underWay > 0) {
                return;
            }
            int place = next++;
            underWay++;
            post.apply(request).onComplete(result -> {
                underWay--;
                arrived(place, result.succeeded() ? result.result() : failure(result.cause()));
                advance();
            });
        }
        if (underWay == 0
                && (retryable != null || next == waiting.size())
                && !answer.future().isComplete()) {
            answer.complete(outcome());
        }
    }

    private void arrived(int place, Outcome outcome) {
        settled[place] = true;
        switch (outcome) {
            case Accepted accepted -> {
                anyArrived = true;
                reject(accepted.rejectedItems(), accepted.message());
            }
            case Refused refused
            when refused.reason().retryable() -> {
                settled[place] = false;
                boolean longer = retryable == null || retryable.retryAfter().compareTo(refused.retryAfter()) < 0;
                retryable = longer ? refused : retryable;
            }
            case Refused refused -> {
                permanent = permanent == null ? refused : permanent;
                reject(waiting.get(place).items(), refused.message());
            }
        }
    }

    private void reject(long items, String why) {
        rejected += items;
        message = message.isEmpty() ? why : message;
    }

    private Outcome outcome() {
        if (retryable != null) {
            List<R> rest = new ArrayList<>();
            for (int place = 0; place < settled.length; place++) {
                if (!settled[place]) {
                    rest.add(waiting.get(place));
                }
            }
            waiting = rest;
            return retryable;
        }
        if (permanent != null && !anyArrived) {
            return permanent;
        }
        return dropped + rejected == 0 ? Outcome.ACCEPTED : new Accepted(dropped + rejected, message);
    }

    private static Refused failure(Throwable cause) {
        return Outcome.permanent(Outcome.Reason.INVALID, "a request failed: " + cause);
    }
}
