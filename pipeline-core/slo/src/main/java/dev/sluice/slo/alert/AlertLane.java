package dev.sluice.slo.alert;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Meters.Counter;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is still to be told to one destination, in order, one request at a time. What is refused for now is tried again for five minutes, so that a request
 * which a destination cannot bear does not hold the others up for ever. Of those that wait the oldest are dropped where they are too many. On one loop.
 */
final class AlertLane {
    /** As many as Prometheus keeps. */
    static final int CAPACITY = 10_000;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration GIVE_UP = Duration.ofMinutes(5);

    private final AlertDestination destination;
    private final ComponentContext context;
    private final Deque<AlertNotice> queue = new ArrayDeque<>();
    private final Counter dropped;

    /** Under way, or waiting for another attempt; empty where there is nothing to do. */
    private List<AlertNotice> batch = List.of();

    /** When the batch was tried first. */
    private long begun;

    private Duration wait = FIRST_WAIT;
    private @Nullable Timer retry;
    private boolean stopping;
    private final Promise<Void> drained = Promise.promise();

    AlertLane(AlertDestination destination, ComponentContext context) {
        this.destination = destination;
        this.context = context;
        dropped = context.meters()
                .counter(
                        "slo_alerts_dropped",
                        "{alert}",
                        "Alerts that a destination was not told of: it refused them for good or for too long, too many were waiting, they"
                                + " came to their end meanwhile, or the service stopped.",
                        Map.of("destination", destination.name()));
    }

    void add(AlertNotice notice) {
        if (!destination.wants(notice)) {
            return;
        }
        if (queue.size() == CAPACITY) {
            queue.poll();
            dropped.add(1);
        }
        queue.add(notice);
        if (batch.isEmpty()) {
            next();
        }
    }

    /** Succeeds when all is told, or was tried a last time. Nothing is added from now on. */
    Future<Void> drain() {
        stopping = true;
        if (batch.isEmpty()) {
            drained.tryComplete();
        } else if (retry != null) {
            retry.cancel();
            attempt();
        }
        return drained.future();
    }

    private void next() {
        List<AlertNotice> taken = new ArrayList<>();
        while (!queue.isEmpty() && (taken.isEmpty() || destination.joins(taken, queue.peek()))) {
            AlertNotice notice = queue.poll();
            if (destination.wants(notice)) {
                taken.add(notice);
            } else {
                dropped.add(1);
            }
        }
        batch = taken;
        wait = FIRST_WAIT;
        begun = context.clock().nanoTime();
        if (!taken.isEmpty()) {
            post();
        } else if (stopping) {
            drained.tryComplete();
        }
    }

    private void attempt() {
        retry = null;
        List<AlertNotice> wanted = batch.stream().filter(destination::wants).toList();
        dropped.add(batch.size() - wanted.size());
        batch = wanted;
        if (wanted.isEmpty()) {
            next();
        } else {
            post();
        }
    }

    private void post() {
        destination.post(batch).onComplete(answer -> answered(answer.result()));
    }

    private void answered(Outcome outcome) {
        switch (outcome) {
            case Accepted _ -> next();
            case Refused refused
            when !refused.reason().retryable() || hopeless() -> {
                lose(refused, batch.size());
                next();
            }
            case Refused refused
            when stopping -> {
                lose(refused, batch.size() + queue.size());
                queue.clear();
                next();
            }
            case Refused refused -> again(refused);
        }
    }

    private void lose(Refused refused, int alerts) {
        context.log().warn("{}: {} alerts are lost", refused.message(), alerts);
        dropped.add(alerts);
    }

    private boolean hopeless() {
        return !stopping && context.clock().nanoTime() - begun >= GIVE_UP.toNanos();
    }

    private void again(Refused refused) {
        Duration delay = wait.compareTo(refused.retryAfter()) > 0 ? wait : refused.retryAfter();
        if (wait.equals(FIRST_WAIT)) {
            context.log().warn("{}; trying again until it succeeds", refused.message());
        }
        Duration doubled = wait.multipliedBy(2);
        wait = doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
        retry = context.after(delay, this::attempt);
    }
}
