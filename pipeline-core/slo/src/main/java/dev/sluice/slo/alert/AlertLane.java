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
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is still to be told to one destination, of each alert in order. What is refused for now is tried again for five minutes, so that a request
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

    private final AlertRequests requests;

    /** Requests that wait for another attempt, the oldest first. */
    private final Set<Telling> retrying = new LinkedHashSet<>();

    private boolean stopping;
    private final Promise<Void> drained = Promise.promise();

    AlertLane(AlertDestination destination, ComponentContext context) {
        this.destination = destination;
        this.context = context;
        requests = destination.requests();
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
        next();
    }

    /** Succeeds when all is told, or was tried a last time. Nothing is added from now on. */
    Future<Void> drain() {
        stopping = true;
        List.copyOf(retrying).forEach(Telling::attempt);
        next();
        return drained.future();
    }

    private void next() {
        for (List<AlertNotice> batch = requests.begin(queue); !batch.isEmpty(); batch = requests.begin(queue)) {
            new Telling(batch).attempt();
        }
        if (stopping && requests.isEmpty()) {
            drained.tryComplete();
        }
    }

    /** One request, until it is over. */
    private final class Telling {
        private final List<AlertNotice> taken;
        private final long begun = context.clock().nanoTime();

        /** Those that the destination still wants to hear of. */
        private List<AlertNotice> batch;

        private Duration wait = FIRST_WAIT;
        private @Nullable Timer retry;

        Telling(List<AlertNotice> taken) {
            this.taken = taken;
            this.batch = taken;
        }

        void attempt() {
            if (retry != null) {
                retry.cancel();
                retrying.remove(this);
            }
            List<AlertNotice> wanted = batch.stream().filter(destination::wants).toList();
            dropped.add(batch.size() - wanted.size());
            batch = wanted;
            if (wanted.isEmpty()) {
                requests.end(taken);
            } else {
                destination.post(wanted).onComplete(answer -> answered(answer.result()));
            }
        }

        private void answered(Outcome outcome) {
            switch (outcome) {
                case Accepted _ -> requests.end(taken);
                case Refused refusal when !refusal.reason().retryable() || hopeless() -> lose(refusal, 0);
                case Refused refusal
                when stopping -> {
                    lose(refusal, queue.size());
                    queue.clear();
                }
                case Refused refusal -> again(refusal);
            }
            next();
        }

        private void lose(Refused refusal, int others) {
            int alerts = batch.size() + others;
            context.log().warn("{}: {} alerts are lost", refusal.message(), alerts);
            dropped.add(alerts);
            requests.end(taken);
        }

        private boolean hopeless() {
            return !stopping && context.clock().nanoTime() - begun >= GIVE_UP.toNanos();
        }

        private void again(Refused refusal) {
            Duration delay = wait.compareTo(refusal.retryAfter()) > 0 ? wait : refusal.retryAfter();
            if (wait.equals(FIRST_WAIT)) {
                context.log().warn("{}; trying again until it succeeds", refusal.message());
            }
            Duration doubled = wait.multipliedBy(2);
            wait = doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
            retrying.add(this);
            retry = context.after(delay, () -> {
                attempt();
                next();
            });
        }
    }
}
