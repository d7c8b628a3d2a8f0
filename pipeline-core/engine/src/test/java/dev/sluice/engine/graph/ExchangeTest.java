package dev.sluice.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.Telemetry;
import dev.sluice.engine.queue.Otlp;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private final LoopsForTests loops = new LoopsForTests(3);

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void consumerIsCalledOnItsLoopAndTheAnswerComesBackOnTheSources() {
        Exchange<Telemetry> exchange = new Exchange<>(8);
        List<Thread> calledOn = new ArrayList<>();
        exchange.bind(loops.loops.get(1), batch -> {
            calledOn.add(Thread.currentThread());
            return Outcome.accepted();
        });
        Thread source = loops.on(0, Thread::currentThread);
        Thread target = loops.on(1, Thread::currentThread);
        Promise<Thread> answeredOn = Promise.promise();
        loops.on(
                0,
                () -> exchange.from(loops.loops.get(0))
                        .apply(Otlp.spans("a", 1))
                        .onComplete(done -> answeredOn.complete(Thread.currentThread())));
        assertThat(answeredOn.future().await()).isSameAs(source);
        assertThat(calledOn).containsExactly(target);
    }

    @Test
    void whatTheConsumerThrowsOrFailsComesBackAsFailure() {
        Exchange<Telemetry> exchange = new Exchange<>(8);
        exchange.bind(loops.loops.get(1), batch -> {
            throw new IllegalStateException("bug");
        });
        Throwable cause = put(exchange, 0, Otlp.spans("a", 1))
                .transform(done -> Future.succeededFuture(done.cause()))
                .await();
        assertThat(cause).hasMessage("bug");
    }

    @Test
    void refusesWhatIsMoreThanTheRingHoldsWhileTheTargetIsBusy() {
        Exchange<Telemetry> exchange = new Exchange<>(4);
        List<String> taken = new ArrayList<>();
        exchange.bind(loops.loops.get(1), batch -> {
            taken.addAll(Otlp.names(batch));
            return Outcome.accepted();
        });
        CountDownLatch busy = new CountDownLatch(1);
        loops.loops.get(1).later(() -> awaitLatch(busy));

        List<Future<Outcome>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(put(exchange, 0, Otlp.spans("b" + i, 1)));
        }
        Refused full =
                Outcome.retryable(Reason.OVERLOADED, "the exchange between event loops is full", Duration.ofSeconds(1));
        assertThat(answers.get(4).await()).isEqualTo(full);
        assertThat(answers.get(5).await()).isEqualTo(full);
        busy.countDown();
        for (Future<Outcome> answer : answers.subList(0, 4)) {
            assertThat(answer.await()).isEqualTo(Outcome.ACCEPTED);
        }
        assertThat(put(exchange, 0, Otlp.spans("b6", 1)).await()).isEqualTo(Outcome.ACCEPTED);
        assertThat(loops.on(1, () -> List.copyOf(taken))).containsExactly("b0.0", "b1.0", "b2.0", "b3.0", "b6.0");
    }

    @Test
    void unboundExchangeRefuses() {
        assertThat(put(new Exchange<>(4), 0, Otlp.spans("a", 1)).await()).isInstanceOf(Refused.class);
    }

    @Test
    void manyBatchesFromTwoLoopsAllArriveOnceAndInTheOrderOfTheirSource() {
        int each = 20_000;
        Exchange<Telemetry> exchange = new Exchange<>(64);
        Map<String, List<Integer>> bySource = new HashMap<>();
        exchange.bind(loops.loops.get(2), batch -> {
            bySource.computeIfAbsent(batch.origin().peer(), key -> new ArrayList<>())
                    .add(batch.items());
            return Outcome.accepted();
        });
        Future<Integer> first = flood(exchange, 0, each);
        Future<Integer> second = flood(exchange, 1, each);
        int accepted = first.await() + second.await();
        Map<String, List<Integer>> seen = loops.on(2, () -> Map.copyOf(bySource));
        assertThat(seen.get("0").size() + seen.get("1").size())
                .isEqualTo(accepted)
                .isEqualTo(2 * each);
        assertThat(seen.get("0")).isSorted();
        assertThat(seen.get("1")).isSorted();
    }

    /** Puts batches that count up, each again until it is taken, and answers how many were accepted. */
    private Future<Integer> flood(Exchange<Telemetry> exchange, int loop, int count) {
        return loops.loops.get(loop).call(() -> {
            Flood flood = new Flood(exchange.from(loops.loops.get(loop)), loop, count);
            flood.next();
            return flood.done.future();
        });
    }

    private static final class Flood {
        private final java.util.function.Function<Telemetry, Future<Outcome>> way;
        private final int count;
        private final dev.sluice.api.Origin origin;
        private final Promise<Integer> done = Promise.promise();
        private int put;
        private int accepted;
        private int waiting;

        private Flood(java.util.function.Function<Telemetry, Future<Outcome>> way, int loop, int count) {
            this.way = way;
            this.count = count;
            origin = new dev.sluice.api.Origin("test", "" + loop, Map.of());
        }

        /** Keeps forty on their way, which is more than half of the ring, so that it runs full now and then. */
        private void next() {
            while (waiting < 40 && put < count) {
                waiting++;
                Telemetry batch = Telemetry.of(dev.sluice.otlp.Signal.TRACES, dev.sluice.otlp.Bytes.EMPTY, put, origin);
                Future<Outcome> answer = way.apply(batch);
                if (answer.isComplete()) {
                    // Full: come back when one of those on their way has been answered.
                    waiting--;
                    if (waiting == 0) {
                        io.vertx.core.Vertx.currentContext().runOnContext(later -> next());
                    }
                    return;
                }
                put++;
                answer.onSuccess(outcome -> {
                    waiting--;
                    accepted++;
                    if (accepted == count) {
                        done.complete(accepted);
                    } else {
                        next();
                    }
                });
            }
        }
    }

    private Future<Outcome> put(Exchange<Telemetry> exchange, int loop, Telemetry batch) {
        Loop source = loops.loops.get(loop);
        return source.call(() -> exchange.from(source).apply(batch));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
