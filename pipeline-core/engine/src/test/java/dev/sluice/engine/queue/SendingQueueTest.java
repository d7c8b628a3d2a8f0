package dev.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.api.config.Sizer;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Budget;
import dev.sluice.testkit.TestContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SendingQueueTest {
    private static final Refused DOWN = Outcome.retryable(Reason.UNAVAILABLE, "down", Duration.ZERO);

    private final TestContext context = new TestContext("ex");
    private final Budget budget = new Budget();
    private final SlowDestination destination = new SlowDestination();

    @Test
    void answersWhenQueuedAndSendsAsManyAsThereAreConsumers() {
        SendingQueue.Lane lane = lane(config(2, 10, Sizer.REQUESTS, false, false));
        for (int i = 0; i < 5; i++) {
            assertThat(lane.consume(Otlp.spans("b" + i, 1)).result()).isEqualTo(Outcome.ACCEPTED);
        }
        assertThat(destination.sent()).containsExactly("b0.0", "b1.0");
        destination.answer(0, Outcome.ACCEPTED);
        assertThat(destination.sent()).containsExactly("b0.0", "b1.0", "b2.0");
    }

    @Test
    void fullQueueRefusesForNowAndTakesAgainWhenThereIsRoom() {
        SendingQueue.Lane lane = lane(config(1, 2, Sizer.REQUESTS, false, false));
        lane.consume(Otlp.spans("a", 1));
        lane.consume(Otlp.spans("b", 1));
        Outcome refused = lane.consume(Otlp.spans("c", 3)).result();
        assertThat(refused)
                .isEqualTo(Outcome.retryable(Reason.OVERLOADED, "sending queue is full", Duration.ofSeconds(1)));
        assertThat(context.meters().value("exporter_enqueue_failed_spans")).isEqualTo(3);
        destination.answer(0, DOWN);
        assertThat(lane.consume(Otlp.spans("d", 1)).result()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void sizerItemsCountsItems() {
        SendingQueue.Lane lane = lane(config(1, 10, Sizer.ITEMS, false, false));
        assertThat(lane.consume(Otlp.spans("a", 8)).result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(lane.consume(Otlp.spans("b", 3)).result()).isInstanceOf(Refused.class);
        assertThat(lane.consume(Otlp.spans("c", 2)).result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(lane.consume(Otlp.spans("d", 0)).result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(context.meters().value("exporter_queue_size")).isEqualTo(10);
        assertThat(context.meters().value("exporter_queue_capacity")).isEqualTo(10);
    }

    @Test
    void sizerBytesCountsBytes() {
        Telemetry batch = Otlp.spans("a", 8);
        long size = batch.wire().length();
        SendingQueue.Lane lane = lane(config(1, 2 * size, Sizer.BYTES, false, false));
        lane.consume(batch);
        assertThat(lane.consume(Otlp.spans("b", 8)).result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(lane.consume(Otlp.spans("c", 1)).result()).isInstanceOf(Refused.class);
        assertThat(context.meters().value("exporter_queue_size")).isEqualTo(2.0 * size);
    }

    @Test
    void batchThatCanNeverFitIsRefusedForGood() {
        SendingQueue.Lane lane = lane(config(1, 10, Sizer.ITEMS, true, false));
        assertThat(lane.consume(Otlp.spans("a", 11)).result())
                .isEqualTo(Outcome.permanent(Reason.TOO_LARGE, "element size too large"));
    }

    @Test
    void blockOnOverflowWaitsForRoomFirstComeFirstServed() {
        SendingQueue.Lane lane = lane(config(1, 4, Sizer.ITEMS, true, false));
        lane.consume(Otlp.spans("a", 3));
        Future<Outcome> big = lane.consume(Otlp.spans("big", 4));
        // It would fit, but must not overtake.
        Future<Outcome> small = lane.consume(Otlp.spans("small", 1));
        assertThat(big.isComplete()).isFalse();
        assertThat(small.isComplete()).isFalse();
        destination.answer(0, Outcome.ACCEPTED);
        assertThat(big.result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(small.isComplete()).isFalse();
        destination.answer(1, Outcome.ACCEPTED);
        assertThat(small.result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(destination.batches).hasSize(3);
    }

    @Test
    void waitForResultAnswersWithWhatTheDestinationSaid() {
        SendingQueue.Lane lane = lane(config(1, 10, Sizer.REQUESTS, false, true));
        Future<Outcome> first = lane.consume(Otlp.spans("a", 1));
        Future<Outcome> second = lane.consume(Otlp.spans("b", 1));
        Future<Outcome> third = lane.consume(Otlp.spans("c", 1));
        assertThat(first.isComplete()).isFalse();
        destination.answer(0, DOWN);
        assertThat(first.result()).isEqualTo(DOWN);
        destination.fail(1, new IllegalStateException("bug"));
        assertThat(second.cause()).hasMessage("bug");
        destination.answer(2, Outcome.ACCEPTED);
        assertThat(third.result()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void waitForResultAndBlockOnOverflowAnswerAtDelivery() {
        SendingQueue.Lane lane = lane(config(1, 1, Sizer.REQUESTS, true, true));
        lane.consume(Otlp.spans("a", 1));
        Future<Outcome> waiting = lane.consume(Otlp.spans("b", 1));
        destination.answer(0, Outcome.ACCEPTED);
        assertThat(waiting.isComplete()).isFalse();
        destination.answer(1, DOWN);
        assertThat(waiting.result()).isEqualTo(DOWN);
    }

    @Test
    void bytesAreChargedWhileTheQueueKeepsThemAfterItsAnswer() {
        SendingQueue.Lane lane = lane(config(1, 10, Sizer.REQUESTS, false, false));
        Telemetry batch = Otlp.spans("a", 5);
        lane.consume(batch);
        lane.consume(batch);
        assertThat(budget.used()).isEqualTo(2L * batch.wire().length());
        destination.answer(0, Outcome.ACCEPTED);
        assertThat(budget.used()).isEqualTo(batch.wire().length());
        destination.answer(1, DOWN);
        assertThat(budget.used()).isZero();
    }

    @Test
    void bytesAreTheSendersWhileItWaitsForTheResult() {
        SendingQueue.Lane lane = lane(config(1, 10, Sizer.REQUESTS, false, true));
        lane.consume(Otlp.spans("a", 5));
        assertThat(budget.used()).isZero();
        destination.answer(0, Outcome.ACCEPTED);
        assertThat(budget.used()).isZero();
    }

    @Test
    void longBacklogBeforeAnExporterThatAnswersAtOnceNeedsNoDeepStack() {
        List<Telemetry> sent = new ArrayList<>();
        Promise<Outcome> gate = Promise.promise();
        SendingQueue queue = queue(config(1, 200_000, Sizer.REQUESTS, false, false));
        SendingQueue.Lane lane = queue.lane(context, Runnable::run, batch -> {
            sent.add(batch);
            return sent.size() == 1 ? gate.future() : Outcome.accepted();
        });
        Telemetry batch = Otlp.spans("a", 1);
        for (int i = 0; i < 100_000; i++) {
            lane.consume(batch);
        }
        gate.complete(Outcome.ACCEPTED);
        assertThat(sent).hasSize(100_000);
    }

    @Test
    void drainEndsWhenEverythingIsDelivered() {
        SendingQueue.Lane lane = lane(config(1, 10, Sizer.REQUESTS, false, false));
        lane.consume(Otlp.spans("a", 1));
        lane.consume(Otlp.spans("b", 1));
        Future<?> drained = lane.drain();
        destination.answer(0, Outcome.ACCEPTED);
        assertThat(drained.isComplete()).isFalse();
        destination.answer(1, DOWN);
        assertThat(drained.succeeded()).isTrue();
        assertThat(lane.drain().succeeded()).isTrue();
    }

    @Test
    void abandonDropsWhatIsLeftGivesBackItsBytesAndRefusesFromThenOn() {
        SendingQueue queue = queue(config(1, 10, Sizer.REQUESTS, false, false));
        SendingQueue.Lane lane = queue.lane(context, Runnable::run, destination);
        lane.consume(Otlp.spans("sending", 1));
        lane.consume(Otlp.spans("waiting", 1));
        Future<?> drained = lane.drain();
        queue.abandon(context);
        assertThat(drained.succeeded()).isTrue();
        assertThat(budget.used()).isZero();
        assertThat(context.meters().value("exporter_queue_size")).isZero();
        destination.answer(0, Outcome.ACCEPTED);
        assertThat(destination.sent()).containsExactly("sending.0");
        assertThat(budget.used()).isZero();
        assertThat(lane.consume(Otlp.spans("late", 1)).result())
                .isEqualTo(Outcome.retryable(Reason.UNAVAILABLE, "the exporter is stopped", Duration.ofSeconds(1)));
        queue.abandon(context);
    }

    @Test
    void abandonAnswersWhoeverStillWaits() {
        SendingQueue queue = queue(config(1, 1, Sizer.REQUESTS, true, true));
        SendingQueue.Lane lane = queue.lane(context, Runnable::run, destination);
        Future<Outcome> sending = lane.consume(Otlp.spans("a", 1));
        Future<Outcome> blocked = lane.consume(Otlp.spans("b", 1));
        queue.abandon(context);
        Refused stopped = Outcome.retryable(Reason.UNAVAILABLE, "stopped before it was sent", Duration.ofSeconds(1));
        assertThat(sending.result()).isEqualTo(stopped);
        assertThat(blocked.result()).isEqualTo(stopped);
    }

    @Test
    void exporterThatThrowsFailsTheBatchAndNotTheQueue() {
        SendingQueue queue = queue(config(1, 10, Sizer.REQUESTS, false, true));
        SendingQueue.Lane lane = queue.lane(context, Runnable::run, batch -> {
            throw new IllegalStateException("bug");
        });
        assertThat(lane.consume(Otlp.spans("a", 1)).cause()).hasMessage("bug");
        assertThat(lane.consume(Otlp.spans("b", 1)).cause()).hasMessage("bug");
        assertThat(lane.drain().succeeded()).isTrue();
    }

    @Test
    void batchIsSentOnTheLoopItCameInOnWhoeverMadeRoomForIt() {
        List<String> order = new ArrayList<>();
        SendingQueue queue = queue(config(1, 10, Sizer.REQUESTS, false, false));
        Promise<Outcome> first = Promise.promise();
        SendingQueue.Lane one = queue.lane(context, Runnable::run, batch -> {
            order.add("one");
            return first.future();
        });
        SendingQueue.Lane two = queue.lane(context, Runnable::run, batch -> {
            order.add("two");
            return Outcome.accepted();
        });
        one.consume(Otlp.spans("a", 1));
        two.consume(Otlp.spans("b", 1));
        assertThat(order).containsExactly("one");
        first.complete(Outcome.ACCEPTED);
        assertThat(order).containsExactly("one", "two");
    }

    @Test
    void metersTellSizeAndWhatIsOnItsWay() {
        SendingQueue.Lane lane = lane(config(2, 10, Sizer.REQUESTS, false, false));
        for (int i = 0; i < 3; i++) {
            lane.consume(Otlp.spans("a", 4));
        }
        Map<String, String> traces = Map.of("data_type", "traces");
        assertThat(context.meters().value("exporter_queue_size", traces)).isEqualTo(3);
        assertThat(context.meters().value("exporter_in_flight_requests", traces))
                .isEqualTo(2);
        assertThat(context.meters().value("exporter_enqueue_size")).isEqualTo(3);
        assertThat(context.meters().value("exporter_queue_batch_send_size")).isEqualTo(2);
        for (int i = 0; i < 3; i++) {
            destination.answer(i, Outcome.ACCEPTED);
        }
        assertThat(context.meters().value("exporter_queue_size", traces)).isZero();
        assertThat(context.meters().value("exporter_in_flight_requests", traces))
                .isZero();
    }

    private SendingQueue.Lane lane(QueueConfig config) {
        return queue(config).lane(context, Runnable::run, destination);
    }

    private SendingQueue queue(QueueConfig config) {
        return new SendingQueue(Signal.TRACES, config, budget, context.meters());
    }

    private static QueueConfig config(int consumers, long size, Sizer sizer, boolean block, boolean wait) {
        return new QueueConfig(true, consumers, size, sizer, block, wait, null, null);
    }

    /** Answers when the test says so. */
    static final class SlowDestination implements TelemetryConsumer {
        final List<Telemetry> batches = new ArrayList<>();
        private final List<Promise<Outcome>> answers = new ArrayList<>();

        @Override
        public Future<Outcome> consume(Telemetry batch) {
            batches.add(batch);
            Promise<Outcome> answer = Promise.promise();
            answers.add(answer);
            return answer.future();
        }

        void answer(int batch, Outcome outcome) {
            answers.get(batch).complete(outcome);
        }

        void fail(int batch, Throwable cause) {
            answers.get(batch).fail(cause);
        }

        List<String> sent() {
            return batches.stream().flatMap(batch -> Otlp.names(batch).stream()).toList();
        }
    }
}
