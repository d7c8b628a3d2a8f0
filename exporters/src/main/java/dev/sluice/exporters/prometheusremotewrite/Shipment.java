package dev.sluice.exporters.prometheusremotewrite;

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
final class Shipment {
    private final Function<RequestList.Request, Future<Outcome>> post;
    private final int parallelism;
    /** Points that could not be translated. */
    private final long dropped;

    private List<RequestList.Request> waiting;
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

    /** {@code post} answers of one request; a partial success counts points. */
    Shipment(
            List<RequestList.Request> requests,
            long dropped,
            String why,
            int parallelism,
            Function<RequestList.Request, Future<Outcome>> post) {
        this.waiting = requests;
        this.dropped = dropped;
        this.message = why;
        this.parallelism = parallelism;
        this.post = post;
    }

    /** A retryable refusal allows another call. */
    Future<Outcome> send() {
        answer = Promise.promise();
        settled = new boolean[waiting.size()];
        retryable = null;
        next = 0;
        advance();
        return answer.future();
    }

    private void advance() {
        while (retryable == null && next < waiting.size() && underWay < parallelism) {
            RequestList.Request request = waiting.get(next);
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
                reject(waiting.get(place).points(), refused.message());
            }
        }
    }

    private void reject(long points, String why) {
        rejected += points;
        message = message.isEmpty() ? why : message;
    }

    private Outcome outcome() {
        if (retryable != null) {
            List<RequestList.Request> rest = new ArrayList<>();
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
        return Outcome.permanent(Outcome.Reason.INVALID, "remote write request failed: " + cause);
    }
}
