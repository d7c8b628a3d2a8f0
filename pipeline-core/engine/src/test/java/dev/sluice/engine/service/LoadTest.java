package dev.sluice.engine.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.api.config.BatchConfig;
import dev.sluice.api.config.Delivery;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.api.config.Sizer;
import dev.sluice.engine.graph.Lab;
import dev.sluice.engine.queue.Otlp;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {1, 3})
class LoadTest {
    private static final int BATCHES = 3_000;

    private final ServiceRig rig;

    LoadTest(int loops) {
        rig = new ServiceRig(loops);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void loopsThatCrowdOneSmallQueueLoseNothingAndGiveEverythingBack() {
        crowd(false);
    }

    @Test
    void loopsThatWaitForTheResultAllGetIt() {
        crowd(true);
    }

    /** Forty batches of each loop at a time go for a queue of sixteen, which merges and splits them. */
    private void crowd(boolean waitForResult) {
        BatchConfig batch = new BatchConfig(Duration.ofMillis(5), 20, 25, Sizer.ITEMS, BatchConfig.Partition.DEFAULT);
        QueueConfig queue = new QueueConfig(true, 4, 16, Sizer.REQUESTS, true, waitForResult, null, batch);
        rig.lab.delivery("ex", new Delivery(Duration.ofSeconds(30), null, queue));
        rig.lab.answer("ex", LoadTest::soon);
        SluiceService service = rig.start("traces: rx | px, pxs | ex");

        List<Future<Integer>> floods = rig.lab.sources.stream()
                .map(source -> source.onLoop(() -> new Flood(source).begin()))
                .toList();
        int put = floods.stream().mapToInt(flood -> flood.await()).sum();
        service.stop().await();

        assertThat(rig.lab.items("ex")).isEqualTo(put);
        assertThat(rig.lab.received("ex")).allMatch(sent -> sent.items() <= 25);
        assertThat(rig.meters.recorded.value("exporter_sent_spans", Map.of("exporter", "ex")))
                .isEqualTo(put);
        assertThat(rig.meters.recorded.value("exporter_queue_size", Map.of("exporter", "ex", "data_type", "traces")))
                .isZero();
        assertThat(rig.lab.sources.getFirst().context.admission().level())
                .isEqualTo(dev.sluice.api.Admission.Level.NORMAL);
    }

    private static Future<Outcome> soon(Telemetry batch) {
        Promise<Outcome> answer = Promise.promise();
        Context loop = Vertx.currentContext();
        loop.runOnContext(later -> answer.complete(Outcome.ACCEPTED));
        return answer.future();
    }

    /** One loop's batches, forty at a time. */
    private static final class Flood {
        private static final Telemetry[] BATCH_OF = {
            Otlp.spans("a", 0), Otlp.spans("b", 1), Otlp.spans("c", 7), Otlp.spans("d", 30)
        };

        private final Lab.Source source;
        private final Promise<Integer> done = Promise.promise();
        private int put;
        private int answered;
        private int items;

        private Flood(Lab.Source source) {
            this.source = source;
        }

        private Future<Integer> begin() {
            for (int i = 0; i < 40; i++) {
                next();
            }
            return done.future();
        }

        private void next() {
            if (put == BATCHES) {
                return;
            }
            Telemetry batch = BATCH_OF[put++ % BATCH_OF.length];
            items += batch.items();
            source.outputs.to(batch.signal()).consume(batch).onComplete((outcome, failure) -> {
                if (outcome == null || !outcome.equals(Outcome.ACCEPTED)) {
                    done.tryFail(new AssertionError("answered " + outcome, failure));
                } else if (++answered == BATCHES) {
                    done.complete(items);
                } else {
                    // Not at once, lest batches answered at once be put from within each other.
                    Vertx.currentContext().runOnContext(later -> next());
                }
            });
        }
    }
}
