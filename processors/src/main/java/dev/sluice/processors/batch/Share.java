package dev.sluice.processors.batch;

import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import io.vertx.core.Promise;

/** One batch that was taken in: what of it is still to be sent, and what became of the rest. */
final class Share {
    private final Signal signal;
    private final int bytes;
    private final Promise<Outcome> answer = Promise.promise();

    /** What is still to be sent. */
    private Bytes rest;
    /** How many items that is. */
    private int items;

    /** Of the parts answered so far. */
    private Outcome outcome = Outcome.ACCEPTED;
    /** Sends under way that hold a part of it. */
    private int sends;

    Share(Telemetry batch) {
        this.signal = batch.signal();
        this.bytes = batch.wire().length();
        this.rest = batch.wire();
        this.items = batch.items();
    }

    Signal signal() {
        return signal;
    }

    /** The size of the whole batch. */
    int bytes() {
        return bytes;
    }

    /** How many items are still to be sent. */
    int items() {
        return items;
    }

    Promise<Outcome> answer() {
        return answer;
    }

    /** The next {@code count} items, to be sent. */
    Bytes take(int count) {
        sends++;
        Bytes part = rest;
        rest = Bytes.EMPTY;
        items -= count;
        return part;
    }

    /** A send that held a part of it has been answered. */
    void settle(Outcome part) {
        sends--;
        outcome = worse(outcome, part);
    }

    /** Nothing is to be sent and nothing under way. */
    boolean settled() {
        return items == 0 && sends == 0;
    }

    Outcome outcome() {
        return outcome;
    }

    /** A retryable refusal before a permanent one before acceptance; of two of a kind the first. */
    private static Outcome worse(Outcome first, Outcome second) {
        return switch (first) {
            case Refused refused when refused.reason().retryable() -> first;
            case Refused _ -> second instanceof Refused later && later.reason().retryable() ? second : first;
            case Accepted accepted ->
                switch (second) {
                    case Refused _ -> second;
                    case Accepted more -> sum(accepted, more);
                };
        };
    }

    private static Accepted sum(Accepted first, Accepted second) {
        return new Accepted(
                first.rejectedItems() + second.rejectedItems(),
                first.message().isEmpty() ? second.message() : first.message());
    }
}
