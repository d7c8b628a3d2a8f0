package dev.sluice.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sluice.api.ComponentId;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.engine.queue.Otlp;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EdgeTest {
    private final LoopsForTests loops = new LoopsForTests(1);
    private final AtomicLong entered = new AtomicLong();

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void countsWhatBecameOfTheItemsWheneverTheAnswerComes() {
        Promise<Outcome> later = Promise.promise();
        Future<?>[] answers = {
            Future.succeededFuture(new Accepted(2, "two bad")),
            Future.succeededFuture(Outcome.permanent(Reason.INVALID, "bad")),
            Future.failedFuture("bug"),
            later.future()
        };
        int[] call = {0};
        Edge edge = edge(batch -> answer(answers[call[0]++]));
        Telemetry batch = Otlp.spans("a", 5);
        loops.on(0, () -> {
            for (int i = 0; i < answers.length; i++) {
                edge.consume(batch);
            }
            return null;
        });
        long bytes = 4L * batch.wire().length();
        assertThat(edge.counts()).isEqualTo(new Edge.Counts(3, 5, 5, 2, bytes));
        loops.on(0, () -> later.tryComplete(Outcome.ACCEPTED));
        assertThat(edge.counts()).isEqualTo(new Edge.Counts(8, 5, 5, 2, bytes));
        assertThat(entered).hasValue(20);
    }

    @Test
    void componentThatMakesNonsenseFailsItsBatch() {
        Telemetry nonsense = Telemetry.of(Signal.TRACES, Bytes.of(new byte[] {10, 100}), Origin.INTERNAL);
        Edge edge = edge(batch -> Outcome.accepted());
        assertThat(loops.on(0, () -> edge.consume(nonsense)).failed()).isTrue();
    }

    @Test
    void unconnectedEdgeFails() {
        Edge edge = new Edge(key(), loops.loops.getFirst(), Edge.UNCOUNTED);
        assertThat(loops.on(0, () -> edge.consume(Otlp.spans("a", 1))).cause()).hasMessageEndingWith("not connected");
    }

    @Test
    void batchThatIsAnsweredAtOnceCostsNoMemory() {
        Future<Outcome> accepted = Outcome.accepted();
        Edge edge = edge(edge(edge(batch -> accepted)));
        Telemetry batch = Otlp.spans("a", 5);
        long allocated = loops.on(0, () -> {
            pass(edge, batch);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            pass(edge, batch);
            return threads.getCurrentThreadAllocatedBytes() - before;
        });
        // What little there is comes from the JVM, not from each of the 20,000.
        assertThat(allocated).isLessThan(20_000);
    }

    private static void pass(Edge edge, Telemetry batch) {
        for (int i = 0; i < 20_000; i++) {
            edge.consume(batch);
        }
    }

    private Edge edge(TelemetryConsumer next) {
        return new Edge(key(), loops.loops.getFirst(), entered::addAndGet).to(next);
    }

    private static Edge.Key key() {
        return new Edge.Key(Lab.pipeline("traces"), ComponentId.parse("rx"), ComponentId.parse("ex"));
    }

    @SuppressWarnings("unchecked")
    private static Future<Outcome> answer(Future<?> future) {
        return (Future<Outcome>) future;
    }
}
