package dev.sluice.engine.queue;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.api.Timer;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Gives up waiting for an attempt; the exporter may still be at it, and its late answer is lost. One event loop. */
final class TimeoutSender implements TelemetryConsumer {
    private final Duration timeout;
    private final TelemetryConsumer next;
    private final ComponentContext context;

    TimeoutSender(Duration timeout, TelemetryConsumer next, ComponentContext context) {
        this.timeout = timeout;
        this.next = next;
        this.context = context;
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        Future<Outcome> answer = next.consume(batch);
        if (answer.isComplete()) {
            return answer;
        }
        Attempt attempt = new Attempt();
        answer.onComplete(attempt);
        return attempt.answer.future();
    }

    private final class Attempt implements Completable<Outcome> {
        private final Promise<Outcome> answer = Promise.promise();
        private final Timer timer = context.after(timeout, this::expire);

        @Override
        public void complete(@Nullable Outcome outcome, @Nullable Throwable failure) {
            timer.cancel();
            if (outcome != null) {
                answer.tryComplete(outcome);
            } else if (failure != null) {
                answer.tryFail(failure);
            }
        }

        private void expire() {
            answer.tryComplete(Outcome.retryable(
                    Reason.UNAVAILABLE, "no answer within the timeout of " + timeout.toMillis() + "ms", Duration.ZERO));
        }
    }
}
