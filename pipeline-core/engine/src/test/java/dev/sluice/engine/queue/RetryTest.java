package dev.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.config.RetryConfig;
import dev.sluice.testkit.RecordingConsumer;
import dev.sluice.testkit.TestContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetryTest {
    private static final long SEED = 42;
    private static final Refused DOWN = Outcome.retryable(Reason.UNAVAILABLE, "down", Duration.ZERO);

    private final TestContext context = new TestContext("ex");
    private final RecordingConsumer destination = new RecordingConsumer();

    @Test
    void waitsGrowByTheMultiplierUpToTheMaximum() {
        Backoff backoff = new Backoff(config(0, 2, Duration.ofSeconds(5), Duration.ZERO), new SplittableRandom(SEED));
        assertThat(seconds(backoff, 5)).containsExactly(1.0, 2.0, 4.0, 5.0, 5.0);
    }

    @Test
    void firstWaitMayBeLongerThanTheMaximum() {
        Backoff backoff = new Backoff(config(0, 2, Duration.ofMillis(10), Duration.ZERO), new SplittableRandom(SEED));
        assertThat(seconds(backoff, 2)).containsExactly(1.0, 0.01);
    }

    @Test
    void waitsAreSpreadByTheCollectorsFormula() {
        RetryConfig config = RetryConfig.DEFAULT;
        Backoff backoff = new Backoff(config, new SplittableRandom(SEED));
        SplittableRandom same = new SplittableRandom(SEED);
        double interval = 5e9;
        for (int i = 0; i < 20; i++) {
            double low = interval - 0.5 * interval;
            double high = interval + 0.5 * interval;
            assertThat(backoff.next()).isEqualTo((long) (low + same.nextDouble() * (high - low + 1)));
            interval = Math.min(Math.floor(interval * 1.5), 30e9);
        }
    }

    @Test
    void retriesAtExactlyTheSpreadTimesUntilAccepted() {
        RetryConfig config = config(0.5, 1.5, Duration.ofSeconds(30), Duration.ofSeconds(300));
        RetrySender sender = new RetrySender(config, destination, context, new SplittableRandom(SEED));
        Backoff same = new Backoff(config, new SplittableRandom(SEED));
        destination.answer(DOWN, DOWN, DOWN);

        Future<Outcome> answer = sender.consume(Otlp.spans("a", 1));
        for (int attempt = 1; attempt <= 3; attempt++) {
            Duration wait = Duration.ofNanos(same.next());
            assertThat(destination.batches()).hasSize(attempt);
            context.manualClock().advance(wait.minusNanos(1));
            assertThat(destination.batches()).hasSize(attempt);
            context.manualClock().advance(Duration.ofNanos(1));
        }
        assertThat(destination.batches()).hasSize(4);
        assertThat(answer.result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(context.manualClock().pending()).isZero();
    }

    @Test
    void destinationsDelayIsKeptWhenLongerThanTheWait() {
        RetrySender sender = sender(config(0, 2, Duration.ofSeconds(30), Duration.ZERO));
        destination.answer(
                Outcome.retryable(Reason.OVERLOADED, "slow", Duration.ofSeconds(7)),
                Outcome.retryable(Reason.OVERLOADED, "slow", Duration.ofMillis(1)));
        sender.consume(Otlp.spans("a", 1));
        context.manualClock().advance(Duration.ofMillis(6_999));
        assertThat(destination.batches()).hasSize(1);
        context.manualClock().advance(Duration.ofMillis(1));
        assertThat(destination.batches()).hasSize(2);
        context.manualClock().advance(Duration.ofMillis(1_999));
        assertThat(destination.batches()).hasSize(2);
        context.manualClock().advance(Duration.ofMillis(1));
        assertThat(destination.batches()).hasSize(3);
    }

    @Test
    void givesUpWhenTheNextAttemptWouldComeAfterMaxElapsedTime() {
        RetrySender sender = sender(config(0, 2, Duration.ofSeconds(30), Duration.ofSeconds(3)));
        destination.answer(DOWN, DOWN, DOWN);
        Future<Outcome> answer = sender.consume(Otlp.spans("a", 1));
        context.manualClock().advance(Duration.ofSeconds(1));
        assertThat(answer.isComplete()).isFalse();
        context.manualClock().advance(Duration.ofSeconds(2));
        assertThat(answer.result())
                .isEqualTo(Outcome.retryable(Reason.UNAVAILABLE, "no more retries left: down", Duration.ZERO));
        assertThat(destination.batches()).hasSize(3);
        assertThat(context.manualClock().pending()).isZero();
    }

    @Test
    void neverGivesUpWithoutMaxElapsedTime() {
        RetrySender sender = sender(config(0, 1, Duration.ofSeconds(1), Duration.ZERO));
        for (int i = 0; i < 1000; i++) {
            destination.answer(DOWN);
        }
        Future<Outcome> answer = sender.consume(Otlp.spans("a", 1));
        context.manualClock().advance(Duration.ofSeconds(999));
        assertThat(answer.isComplete()).isFalse();
        context.manualClock().advance(Duration.ofSeconds(1));
        assertThat(answer.result()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void permanentRefusalsAndFailuresAreNotRetried() {
        RetrySender sender = sender(RetryConfig.DEFAULT);
        Refused invalid = Outcome.permanent(Reason.INVALID, "bad");
        Promise<Outcome> slow = Promise.promise();
        destination.answer(invalid).answer(slow.future()).answer(Future.failedFuture("bug"));
        assertThat(sender.consume(Otlp.spans("a", 1)).result()).isEqualTo(invalid);
        Future<Outcome> late = sender.consume(Otlp.spans("b", 1));
        slow.fail("late bug");
        assertThat(late.cause()).hasMessage("late bug");
        assertThat(sender.consume(Otlp.spans("c", 1)).cause()).hasMessage("bug");
        assertThat(context.manualClock().pending()).isZero();
    }

    @Test
    void stopTriesWhatWaitsOnceMoreAndLeavesNoTimer() {
        RetrySender sender = sender(RetryConfig.DEFAULT);
        destination.answer(DOWN, DOWN, DOWN);
        Future<Outcome> lost = sender.consume(Otlp.spans("lost", 1));
        Future<Outcome> saved = sender.consume(Otlp.spans("saved", 1));
        sender.stop();
        assertThat(lost.result()).isEqualTo(DOWN);
        assertThat(saved.result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(context.manualClock().pending()).isZero();
        destination.answer(DOWN);
        assertThat(sender.consume(Otlp.spans("late", 1)).result()).isEqualTo(DOWN);
    }

    @Test
    void attemptThatTakesTooLongIsRefusedForNowAndItsLateAnswerIsIgnored() {
        TimeoutSender sender = new TimeoutSender(Duration.ofSeconds(5), destination, context);
        Promise<Outcome> never = Promise.promise();
        destination.answer(never.future());
        Future<Outcome> answer = sender.consume(Otlp.spans("a", 1));
        context.manualClock().advance(Duration.ofMillis(4_999));
        assertThat(answer.isComplete()).isFalse();
        context.manualClock().advance(Duration.ofMillis(1));
        assertThat(answer.result())
                .isEqualTo(
                        Outcome.retryable(Reason.UNAVAILABLE, "no answer within the timeout of 5000ms", Duration.ZERO));
        never.complete(Outcome.ACCEPTED);
        assertThat(answer.result()).isInstanceOf(Refused.class);
    }

    @Test
    void answerInTimeCancelsTheTimer() {
        TimeoutSender sender = new TimeoutSender(Duration.ofSeconds(5), destination, context);
        Promise<Outcome> soon = Promise.promise();
        Promise<Outcome> broken = Promise.promise();
        destination.answer(soon.future()).answer(broken.future());
        Future<Outcome> answer = sender.consume(Otlp.spans("a", 1));
        Future<Outcome> failure = sender.consume(Otlp.spans("b", 1));
        soon.complete(Outcome.ACCEPTED);
        broken.fail("bug");
        assertThat(answer.result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(failure.cause()).hasMessage("bug");
        assertThat(sender.consume(Otlp.spans("c", 1)).result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(context.manualClock().pending()).isZero();
    }

    private RetrySender sender(RetryConfig config) {
        return new RetrySender(config, destination, context, new SplittableRandom(SEED));
    }

    /** The first wait is a second. */
    private static RetryConfig config(double spread, double multiplier, Duration max, Duration maxElapsed) {
        return new RetryConfig(true, Duration.ofSeconds(1), spread, multiplier, max, maxElapsed);
    }

    private static List<Double> seconds(Backoff backoff, int count) {
        List<Double> waits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            waits.add(backoff.next() / 1e9);
        }
        return waits;
    }
}
