package dev.sluice.engine.queue;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.api.Timer;
import dev.sluice.api.config.RetryConfig;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sends again what was refused for now, until the destination takes it or the time is up. One event loop. */
final class RetrySender implements TelemetryConsumer {
    private final RetryConfig config;
    private final TelemetryConsumer next;
    private final ComponentContext context;
    private final RandomGenerator random;
    private final Set<Delivery> waiting = new LinkedHashSet<>();
    private boolean stopping;

    RetrySender(RetryConfig config, TelemetryConsumer next, ComponentContext context, RandomGenerator random) {
        this.config = config;
        this.next = next;
        this.context = context;
        this.random = random;
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        Future<Outcome> first = next.consume(batch);
        if (first.isComplete() && (first.failed() || !retryable(first.result()))) {
            return first;
        }
        Delivery delivery = new Delivery(batch);
        first.onComplete(delivery);
        return delivery.answer.future();
    }

    /** From now on nothing waits: what does is tried once more at once. */
    void stop() {
        stopping = true;
        List<Delivery> interrupted = new ArrayList<>(waiting);
        waiting.clear();
        for (Delivery delivery : interrupted) {
            delivery.timer.cancel();
            delivery.attempt();
        }
    }

    private static boolean retryable(Outcome outcome) {
        return outcome instanceof Refused refused && refused.reason().retryable();
    }

    /** One batch from its first attempt to its last. */
    private final class Delivery implements Completable<Outcome> {
        private final Telemetry batch;
        private final Promise<Outcome> answer = Promise.promise();
        private final long start = context.clock().nanoTime();
        private @Nullable Backoff backoff;
        private Timer timer = () -> {};

        private Delivery(Telemetry batch) {
            this.batch = batch;
        }

        private void attempt() {
            waiting.remove(this);
            next.consume(batch).onComplete(this);
        }

        @Override
        public void complete(@Nullable Outcome outcome, @Nullable Throwable failure) {
            if (outcome == null) {
                answer.complete(null, failure);
                return;
            }
            switch (outcome) {
                case Accepted accepted -> answer.complete(accepted);
                case Refused refused when !refused.reason().retryable() || stopping -> answer.complete(refused);
                case Refused refused -> again(refused);
            }
        }

        private void again(Refused refused) {
            if (backoff == null) {
                backoff = new Backoff(config, random);
            }
            long wait = Math.max(backoff.next(), refused.retryAfter().toNanos());
            long limit = config.maxElapsedTime().toNanos();
            if (limit > 0 && context.clock().nanoTime() - start + wait > limit) {
                answer.complete(new Refused(
                        refused.reason(), "no more retries left: " + refused.message(), refused.retryAfter()));
                return;
            }
            Duration delay = Duration.ofNanos(wait);
            context.log()
                    .atInfo()
                    .addKeyValue("error", refused.message())
                    .addKeyValue("interval", delay)
                    .log("Exporting failed. Will retry the request after interval.");
            waiting.add(this);
            timer = context.after(delay, this::attempt);
        }
    }
}
