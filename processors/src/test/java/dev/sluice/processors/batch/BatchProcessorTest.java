package dev.sluice.processors.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Processor;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.processors.batch.BatchProcessorConfig.Acknowledge;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When batches leave, and as what. */
class BatchProcessorTest extends Batching {
    @Test
    void batchesMergeInOrderOnceTheyAreManyEnough() throws Exception {
        Processor processor = processor(10, Acknowledge.ACCEPTED);

        Future<Outcome> first = processor.consume(logs(1, 4));
        Future<Outcome> second = processor.consume(logs(5, 5));
        assertThat(next.batches()).isEmpty();
        processor.consume(logs(10, 3));

        assertThat(first.result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(second.result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(next.batches()).hasSize(1);
        assertThat(next.batches().getFirst().items()).isEqualTo(12);
        assertThat(bodies(next)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(context.manualClock().pending()).isZero();
        assertThat(value("processor_batch_batch_size_trigger_send")).isEqualTo(1);
        assertThat(value("processor_batch_timeout_trigger_send")).isZero();
        assertThat(value("processor_batch_batch_send_size")).isEqualTo(1);
        assertThat(value("processor_batch_batch_send_size_bytes")).isEqualTo(1);
        assertThat(value("processor_batch_metadata_cardinality")).isEqualTo(1);
    }

    @Test
    void mergingSharesTheArraysOfItsParts() {
        Processor processor = processor(2, Acknowledge.ACCEPTED);
        Telemetry first = logs(1, 1);
        Telemetry second = logs(2, 1);

        processor.consume(first);
        processor.consume(second);

        Bytes merged = next.batches().getFirst().wire();
        assertThat(merged.sliceArray(0)).isSameAs(first.wire().sliceArray(0));
        assertThat(merged.sliceArray(1)).isSameAs(second.wire().sliceArray(0));
    }

    @Test
    void whatIsTooLittleLeavesWhenItsTimeIsUp() throws Exception {
        Processor processor = processor(10, Acknowledge.ACCEPTED);
        processor.consume(logs(1, 2));
        context.manualClock().advance(TIMEOUT.minusNanos(1));
        processor.consume(logs(3, 1));
        assertThat(next.batches()).isEmpty();

        context.manualClock().advance(Duration.ofNanos(1));

        assertThat(bodies(next)).containsExactly(1, 2, 3);
        assertThat(value("processor_batch_timeout_trigger_send")).isEqualTo(1);
        assertThat(value("processor_batch_batch_size_trigger_send")).isZero();
        assertThat(context.manualClock().pending()).isZero();
    }

    @Test
    void timeRunsAnewForWhatComesAfterASend() {
        Processor processor = processor(2, Acknowledge.ACCEPTED);
        processor.consume(logs(1, 1));
        context.manualClock().advance(Duration.ofMillis(150));
        processor.consume(logs(2, 1));
        assertThat(next.batches()).hasSize(1);

        processor.consume(logs(3, 1));
        context.manualClock().advance(Duration.ofMillis(150));
        assertThat(next.batches()).hasSize(1);
        context.manualClock().advance(Duration.ofMillis(50));
        assertThat(next.batches()).hasSize(2);
    }

    @Test
    void withoutATimeoutOrASizeEverythingLeavesAtOnce() {
        Processor untimed = processor(config(10, Duration.ZERO, List.of(), 0, Acknowledge.ACCEPTED));
        untimed.consume(logs(1, 1));
        assertThat(next.batches()).hasSize(1);

        Processor sizeless = processor(config(0, TIMEOUT, List.of(), 0, Acknowledge.ACCEPTED));
        sizeless.consume(logs(1, 1));
        assertThat(next.batches()).hasSize(2);
        assertThat(context.manualClock().pending()).isZero();
        assertThat(value("processor_batch_batch_size_trigger_send")).isEqualTo(2);
    }

    @Test
    void emptyBatchIsAcceptedAndGoesNoFurther() {
        Processor processor = processor(config(0, Duration.ZERO, List.of(), 0, Acknowledge.DELIVERED));

        Outcome outcome = processor
                .consume(Telemetry.of(Signal.LOGS, Bytes.EMPTY, 0, Origin.INTERNAL))
                .result();

        assertThat(outcome).isEqualTo(Outcome.ACCEPTED);
        assertThat(next.batches()).isEmpty();
    }

    @Test
    void stopSendsWhatWaitsAndWaitsForTheAnswer() throws Exception {
        Promise<Outcome> answer = Promise.promise();
        next.answer(answer.future());
        Processor processor = processor(10, Acknowledge.ACCEPTED);
        processor.consume(logs(1, 3));

        Future<?> stopped = processor.stop();
        assertThat(bodies(next)).containsExactly(1, 2, 3);
        assertThat(stopped.isComplete()).isFalse();
        assertThat(context.manualClock().pending()).isZero();

        answer.complete(Outcome.ACCEPTED);
        assertThat(stopped.succeeded()).isTrue();
        assertThat(processor.stop().succeeded()).isTrue();

        processor.consume(logs(4, 1));
        assertThat(bodies(next)).containsExactly(1, 2, 3, 4);
        assertThat(context.manualClock().pending()).isZero();
    }

    @Test
    void stopIsLegalBeforeAnythingCame() {
        assertThat(processor(10, Acknowledge.AUTO).stop().succeeded()).isTrue();
        assertThat(next.batches()).isEmpty();
    }

    @Test
    void batchesOfDifferentMetadataDoNotMix() {
        Processor processor = processor(config(2, TIMEOUT, List.of("X-Tenant", "region"), 0, Acknowledge.ACCEPTED));

        processor.consume(logs(1, 1, Map.of("x-tenant", "a", "other", "1")));
        processor.consume(logs(2, 1, Map.of("x-tenant", "b")));
        processor.consume(logs(3, 1, Map.of("x-tenant", "")));
        processor.consume(logs(4, 1, Map.of()));
        assertThat(next.batches()).isEmpty();
        assertThat(value("processor_batch_metadata_cardinality")).isEqualTo(4);
        processor.consume(logs(5, 1, Map.of("x-tenant", "a", "other", "2")));

        assertThat(next.batches()).hasSize(1);
        assertThat(next.batches().getFirst().origin().metadata()).isEqualTo(Map.of("x-tenant", "a"));
        context.manualClock().advance(TIMEOUT);
        assertThat(next.batches()).hasSize(4);
        assertThat(next.batches().getLast().origin().metadata()).isEmpty();
    }

    @Test
    void combinationBeyondTheLimitIsRefusedForGood() {
        Processor processor = processor(config(2, TIMEOUT, List.of("tenant"), 2, Acknowledge.ACCEPTED));
        processor.consume(logs(1, 1, Map.of("tenant", "a")));
        processor.consume(logs(2, 1, Map.of("tenant", "b")));

        Outcome outcome = processor.consume(logs(3, 1, Map.of("tenant", "c"))).result();

        assertThat(outcome)
                .isEqualTo(Outcome.permanent(Reason.INVALID, "too many batcher metadata-value combinations"));
        assertThat(processor.consume(logs(4, 1, Map.of("tenant", "a"))).result())
                .isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void longBacklogOfAnsweredSendsDoesNotDeepenTheStack() throws Exception {
        Promise<Outcome> slow = Promise.promise();
        next.answer(slow.future());
        Processor processor = processor(1, Acknowledge.ACCEPTED);
        processor.consume(logs(0, 1));
        for (int i = 1; i <= 20_000; i++) {
            processor.consume(logs(i, 1));
        }

        slow.complete(Outcome.ACCEPTED);

        assertThat(next.batches()).hasSize(20_001);
        assertThat(admission.held).isZero();
    }
}
