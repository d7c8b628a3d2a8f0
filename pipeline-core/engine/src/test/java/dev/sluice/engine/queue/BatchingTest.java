package dev.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.Telemetry;
import dev.sluice.api.config.BatchConfig;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.api.config.Sizer;
import dev.sluice.engine.queue.SendingQueueTest.SlowDestination;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Budget;
import dev.sluice.testkit.TestContext;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BatchingTest {
    private static final Duration FLUSH = Duration.ofMillis(200);
    private static final Refused DOWN = Outcome.retryable(Reason.UNAVAILABLE, "down", Duration.ZERO);

    private final TestContext context = new TestContext("ex");
    private final Budget budget = new Budget();
    private final SlowDestination destination = new SlowDestination();

    @Test
    void mergesUntilMinSizeIsReached() {
        SendingQueue.Lane lane = lane(new BatchConfig(FLUSH, 5, 0, Sizer.ITEMS, partition()));
        lane.consume(Otlp.spans("a", 2));
        lane.consume(Otlp.spans("b", 2));
        assertThat(destination.batches).isEmpty();
        lane.consume(Otlp.spans("c", 2));
        assertThat(destination.batches).hasSize(1);
        assertThat(destination.sent()).containsExactly("a.0", "a.1", "b.0", "b.1", "c.0", "c.1");
        assertThat(destination.batches.getFirst().items()).isEqualTo(6);
    }

    @Test
    void sendsWhatHasGatheredWhenTheOldestHasWaitedForTheTimeout() {
        SendingQueue.Lane lane = lane(new BatchConfig(FLUSH, 100, 0, Sizer.ITEMS, partition()));
        lane.consume(Otlp.spans("a", 1));
        context.manualClock().advance(Duration.ofMillis(150));
        lane.consume(Otlp.spans("b", 1));
        context.manualClock().advance(Duration.ofMillis(49));
        assertThat(destination.batches).isEmpty();
        context.manualClock().advance(Duration.ofMillis(1));
        assertThat(destination.sent()).containsExactly("a.0", "b.0");
        context.manualClock().advance(FLUSH);
        assertThat(destination.batches).hasSize(1);
        assertThat(context.manualClock().pending()).isZero();
    }

    @Test
    void timeOfABatchCountsFromItsOwnFirstEntry() {
        SendingQueue.Lane lane = lane(new BatchConfig(FLUSH, 2, 0, Sizer.ITEMS, partition()));
        lane.consume(Otlp.spans("a", 1));
        context.manualClock().advance(Duration.ofMillis(100));
        lane.consume(Otlp.spans("b", 1));
        lane.consume(Otlp.spans("c", 1));
        context.manualClock().advance(Duration.ofMillis(199));
        assertThat(destination.batches).hasSize(1);
        context.manualClock().advance(Duration.ofMillis(1));
        assertThat(destination.batches).hasSize(2);
    }

    @Test
    void sizerBytesCountsBytes() {
        Telemetry batch = Otlp.spans("a", 3);
        SendingQueue.Lane lane = lane(new BatchConfig(FLUSH, 2L * batch.wire().length(), 0, Sizer.BYTES, partition()));
        lane.consume(batch);
        assertThat(destination.batches).isEmpty();
        lane.consume(batch);
        assertThat(destination.batches).hasSize(1);
    }

    @Test
    void splitsWhatIsMoreThanMaxSizeAndKeepsTheRestGathering() {
        SendingQueue.Lane lane = lane(new BatchConfig(FLUSH, 4, 4, Sizer.ITEMS, partition()));
        lane.consume(Otlp.spans("a", 3));
        lane.consume(Otlp.spans("b", 7));
        assertThat(destination.batches).extracting(Telemetry::items).containsExactly(4, 4);
        context.manualClock().advance(FLUSH);
        assertThat(destination.batches).extracting(Telemetry::items).containsExactly(4, 4, 2);
        assertThat(destination.sent())
                .containsExactly("a.0", "a.1", "a.2", "b.0", "b.1", "b.2", "b.3", "b.4", "b.5", "b.6");
    }

    @Test
    void splitsBytesAtItemsAndLetsOneTooLargeItemPass() {
        Telemetry one = Otlp.spans("a", 1);
        SendingQueue.Lane lane = lane(new BatchConfig(FLUSH, 1, 2L * one.wire().length(), Sizer.BYTES, partition()));
        lane.consume(Otlp.spans("b", 10));
        assertThat(destination.batches.size()).isGreaterThan(1);
        assertThat(destination.batches)
                .allMatch(batch -> batch.wire().length() <= 2 * one.wire().length());
        assertThat(destination.sent()).hasSize(10);

        SendingQueue.Lane tiny = lane(new BatchConfig(FLUSH, 1, 1, Sizer.BYTES, partition()));
        tiny.consume(Otlp.spans("c", 3));
        assertThat(destination.sent()).hasSize(13);
    }

    @Test
    void splitEntryIsAnsweredWhenItsLastPartIsAndWithTheWorst() {
        SendingQueue.Lane lane = lane(new BatchConfig(FLUSH, 4, 4, Sizer.ITEMS, partition()), true);
        Future<Outcome> small = lane.consume(Otlp.spans("a", 3));
        Future<Outcome> large = lane.consume(Otlp.spans("b", 7));
        context.manualClock().advance(FLUSH);
        destination.answer(0, Outcome.ACCEPTED);
        assertThat(small.result()).isEqualTo(Outcome.ACCEPTED);
        destination.answer(2, Outcome.ACCEPTED);
        assertThat(large.isComplete()).isFalse();
        destination.answer(1, DOWN);
        assertThat(large.result()).isEqualTo(DOWN);
    }

    @Test
    void emptyBatchAmongOthersIsAnsweredToo() {
        SendingQueue.Lane lane = lane(new BatchConfig(FLUSH, 4, 4, Sizer.ITEMS, partition()), true);
        Future<Outcome> empty = lane.consume(Otlp.spans("none", 0));
        Future<Outcome> large = lane.consume(Otlp.spans("b", 8));
        destination.answer(0, Outcome.ACCEPTED);
        assertThat(empty.result()).isEqualTo(Outcome.ACCEPTED);
        destination.answer(1, Outcome.ACCEPTED);
        assertThat(large.result()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void mergesOnlyBatchesOfTheSamePartition() {
        SendingQueue.Lane lane = lane(new BatchConfig(FLUSH, 4, 0, Sizer.ITEMS, partition("X-Tenant")));
        lane.consume(Otlp.spans("a1", 2, Map.of("x-tenant", "a", "other", "1")));
        lane.consume(Otlp.spans("b1", 2, Map.of("x-tenant", "b")));
        lane.consume(Otlp.spans("n1", 2, Map.of()));
        assertThat(destination.batches).isEmpty();
        lane.consume(Otlp.spans("a2", 2, Map.of("x-tenant", "a", "other", "2")));
        assertThat(destination.sent()).containsExactly("a1.0", "a1.1", "a2.0", "a2.1");
        assertThat(destination.batches.getFirst().origin()).isEqualTo(new Origin("grpc", "", Map.of("x-tenant", "a")));
        context.manualClock().advance(FLUSH);
        assertThat(destination.batches).hasSize(3);
        assertThat(context.manualClock().pending()).isZero();
    }

    @Test
    void drainSendsWhatHasGatheredAndDoesNotGatherAnyMore() {
        SendingQueue.Lane lane = lane(new BatchConfig(FLUSH, 100, 0, Sizer.ITEMS, partition()));
        lane.consume(Otlp.spans("a", 1));
        Future<?> drained = lane.drain();
        assertThat(destination.sent()).containsExactly("a.0");
        lane.consume(Otlp.spans("b", 1));
        assertThat(destination.sent()).containsExactly("a.0", "b.0");
        destination.answer(0, Outcome.ACCEPTED);
        destination.answer(1, Outcome.ACCEPTED);
        assertThat(drained.succeeded()).isTrue();
        assertThat(budget.used()).isZero();
    }

    @Test
    void gatheringCountsAgainstTheCapacity() {
        SendingQueue queue = new SendingQueue(
                Signal.TRACES,
                new QueueConfig(
                        true,
                        1,
                        10,
                        Sizer.ITEMS,
                        false,
                        false,
                        null,
                        new BatchConfig(FLUSH, 10, 0, Sizer.ITEMS, partition())),
                budget,
                context.meters());
        SendingQueue.Lane lane = queue.lane(context, Runnable::run, destination);
        lane.consume(Otlp.spans("a", 6));
        assertThat(lane.consume(Otlp.spans("b", 6)).result()).isInstanceOf(Refused.class);
    }

    @Test
    void whateverComesEveryItemIsSentOnceInOrderAndEverythingIsGivenBack() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SlowDestination to = new SlowDestination();
            int max = random.nextInt(3) == 0 ? 0 : random.nextInt(1, 20);
            int min = random.nextInt(0, max == 0 ? 20 : max + 1);
            SendingQueue queue = queue(new BatchConfig(FLUSH, min, max, Sizer.ITEMS, partition()), true);
            SendingQueue.Lane lane = queue.lane(context, Runnable::run, to);
            List<String> put = new ArrayList<>();
            List<Future<Outcome>> answers = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                Telemetry batch = Otlp.spans("b" + i, random.nextInt(0, 30));
                put.addAll(Otlp.names(batch));
                answers.add(lane.consume(batch));
                if (random.nextInt(5) == 0) {
                    context.manualClock().advance(Duration.ofMillis(random.nextInt(300)));
                }
            }
            Future<?> drained = lane.drain();
            for (int i = 0; i < to.batches.size(); i++) {
                to.answer(i, Outcome.ACCEPTED);
            }
            assertThat(to.sent()).as("seed %d", seed).isEqualTo(put);
            assertThat(answers).as("seed %d", seed).allMatch(Future::succeeded);
            assertThat(drained.succeeded()).as("seed %d", seed).isTrue();
            if (max > 0) {
                assertThat(to.batches).as("seed %d", seed).allMatch(batch -> batch.items() <= max);
            }
            context.manualClock().advance(FLUSH);
            assertThat(context.manualClock().pending()).as("seed %d", seed).isZero();
        }
    }

    private SendingQueue.Lane lane(BatchConfig batch) {
        return lane(batch, false);
    }

    private SendingQueue.Lane lane(BatchConfig batch, boolean waitForResult) {
        return queue(batch, waitForResult).lane(context, Runnable::run, destination);
    }

    private SendingQueue queue(BatchConfig batch, boolean waitForResult) {
        QueueConfig config = new QueueConfig(true, 1000, 1000, Sizer.REQUESTS, false, waitForResult, null, batch);
        return new SendingQueue(Signal.TRACES, config, budget, context.meters());
    }

    private static BatchConfig.Partition partition(String... keys) {
        return new BatchConfig.Partition(List.of(keys));
    }
}
