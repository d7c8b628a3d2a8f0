package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What holds of every receiver that data is pushed to: when the next stage takes some batches, refuses some for good and some for
 * now, and the client sends again just what was refused for now, then nothing is lost and nothing comes twice.
 *
 * <pre>{@code
 * var contract = new ReceiverContract(Signal.TRACES, 42);
 * // start the receiver with contract.next() as its output
 * contract.check(300, request -> switch (post(request)) {
 *     case 200 -> Answer.TAKEN;
 *     case 429, 503 -> Answer.SEND_AGAIN;
 *     default -> Answer.GIVE_UP;
 * });
 * }</pre>
 */
public final class ReceiverContract {
    private static final int CLIENTS = 4;
    private static final int MOST_ATTEMPTS = 60;

    private final Signal signal;
    private final long seed;
    private final Map<Long, Integer> asked = new HashMap<>();
    private final Map<Long, Integer> taken = new HashMap<>();
    private final Map<Long, Integer> refused = new HashMap<>();

    /** The seed decides on every outcome, whatever order the requests come in. */
    public ReceiverContract(Signal signal, long seed) {
        this.signal = signal;
        this.seed = seed;
    }

    /** What the receiver told the client. */
    public enum Answer {
        TAKEN,
        /** Refused for now: send the same bytes again. */
        SEND_AGAIN,
        /** Refused for good. */
        GIVE_UP
    }

    /** A client of the receiver; blocks until there is an answer. Called from several threads. */
    @FunctionalInterface
    public interface Client {
        Answer send(Bytes request) throws Exception;
    }

    /** The stage to put behind the receiver. */
    public TelemetryConsumer next() {
        return this::consume;
    }

    /** Sends so many requests through several clients and checks what arrived. */
    public void check(int requests, Client client) throws Exception {
        List<Future<Answer>> answers = new ArrayList<>();
        try (ExecutorService clients =
                Executors.newFixedThreadPool(CLIENTS, Thread.ofVirtual().factory())) {
            for (int i = 0; i < requests; i++) {
                long number = i;
                Promise<Answer> answer = Promise.promise();
                answers.add(answer.future());
                clients.execute(() -> {
                    try {
                        answer.complete(deliver(number, client));
                    } catch (Throwable e) {
                        answer.fail(e);
                    }
                });
            }
            Map<Long, Answer> told = new HashMap<>();
            for (int i = 0; i < requests; i++) {
                told.put((long) i, await(answers.get(i)));
            }
            compare(requests, told);
        }
    }

    private Answer deliver(long number, Client client) throws Exception {
        Bytes request = Requests.numbered(signal, number).wire();
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Answer answer = client.send(request);
            if (answer != Answer.SEND_AGAIN) {
                return answer;
            }
        }
        throw new AssertionError("request " + number + " was refused for now " + MOST_ATTEMPTS + " times");
    }

    private synchronized void compare(int requests, Map<Long, Answer> told) {
        assertThat(asked.keySet()).as("items that reached the next stage").hasSize(requests);
        for (long number = 0; number < requests; number++) {
            boolean wasTaken = taken.containsKey(number);
            assertThat(told.get(number))
                    .as("what the client was told of item %s", number)
                    .isEqualTo(wasTaken ? Answer.TAKEN : Answer.GIVE_UP);
            assertThat(taken.getOrDefault(number, 0) + refused.getOrDefault(number, 0))
                    .as("times that item %s was decided on for good", number)
                    .isEqualTo(1);
        }
        assertThat(taken).as("taken").isNotEmpty();
        assertThat(refused).as("refused for good").isNotEmpty();
    }

    private Future<Outcome> consume(Telemetry batch) {
        if (batch.signal() != signal) {
            throw new AssertionError("a batch of " + batch.signal().key());
        }
        List<Long> numbers = Requests.numbers(batch);
        if (numbers.isEmpty()) {
            return Outcome.accepted();
        }
        SplittableRandom random =
                new SplittableRandom(seed + numbers.getFirst() * 1_000_003 + attempt(numbers.getFirst()));
        Outcome outcome = decide(random, numbers);
        Context loop = Vertx.currentContext();
        if (loop == null || random.nextBoolean()) {
            return Future.succeededFuture(outcome);
        }
        Promise<Outcome> later = Promise.promise();
        loop.runOnContext(_ -> later.complete(outcome));
        return later.future();
    }

    private synchronized int attempt(long number) {
        return asked.merge(number, 1, Integer::sum);
    }

    private synchronized Outcome decide(SplittableRandom random, List<Long> numbers) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> {
                numbers.forEach(number -> taken.merge(number, 1, Integer::sum));
                yield Outcome.ACCEPTED;
            }
            case 2 -> {
                numbers.forEach(number -> refused.merge(number, 1, Integer::sum));
                yield Outcome.permanent(Outcome.Reason.INVALID, "never");
            }
            case 3 -> Outcome.retryable(Outcome.Reason.OVERLOADED, "not now", Duration.ofMillis(1));
            default -> Outcome.retryable(Outcome.Reason.UNAVAILABLE, "not yet", Duration.ofMillis(1));
        };
    }

    private static Answer await(Future<Answer> answer) throws Exception {
        try {
            return answer.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("a client failed", e.getCause());
        }
    }
}
