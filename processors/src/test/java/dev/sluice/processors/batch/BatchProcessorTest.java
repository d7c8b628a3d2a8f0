package dev.sluice.processors.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Admission;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.Processor;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.processors.batch.BatchProcessorConfig.Acknowledge;
import dev.sluice.testkit.RecordingConsumer;
import dev.sluice.testkit.TestContext;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchProcessorTest {
    private static final Duration TIMEOUT = Duration.ofMillis(200);
    private static final Refused DOWN = Outcome.retryable(Reason.UNAVAILABLE, "down", Duration.ofSeconds(1));
    private static final Refused BAD = Outcome.permanent(Reason.INVALID, "bad");

    private final RecordingConsumer next = new RecordingConsumer();
    private final CountingAdmission admission = new CountingAdmission();
    private final TestContext context = new TestContext("batch").admission(admission);

    @Test
    void batchesMergeInOrderOnceTheyAreManyEnough() throws Exception {
        Processor processor = processor(10, 0, Acknowledge.ACCEPTED);

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
        Processor processor = processor(2, 0, Acknowledge.ACCEPTED);
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
        Processor processor = processor(10, 0, Acknowledge.ACCEPTED);
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
        Processor processor = processor(2, 0, Acknowledge.ACCEPTED);
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
        Processor untimed = processor(config(10, Duration.ZERO, 0, List.of(), 0, Acknowledge.ACCEPTED));
        untimed.consume(logs(1, 1));
        assertThat(next.batches()).hasSize(1);

        Processor sizeless = processor(config(0, TIMEOUT, 0, List.of(), 0, Acknowledge.ACCEPTED));
        sizeless.consume(logs(1, 1));
        assertThat(next.batches()).hasSize(2);
        assertThat(context.manualClock().pending()).isZero();
        assertThat(value("processor_batch_batch_size_trigger_send")).isEqualTo(2);
    }

    @Test
    void emptyBatchIsAcceptedAndGoesNoFurther() {
        Processor processor = processor(config(0, Duration.ZERO, 0, List.of(), 0, Acknowledge.DELIVERED));

        Outcome outcome = processor
                .consume(Telemetry.of(Signal.LOGS, Bytes.EMPTY, 0, Origin.INTERNAL))
                .result();

        assertThat(outcome).isEqualTo(Outcome.ACCEPTED);
        assertThat(next.batches()).isEmpty();
    }

    @Test
    void keptBytesAreChargedUntilTheSendIsAnswered() {
        Promise<Outcome> answer = Promise.promise();
        next.answer(answer.future());
        Processor processor = processor(2, 0, Acknowledge.ACCEPTED);
        Telemetry first = logs(1, 1);
        Telemetry second = logs(2, 1);

        processor.consume(first);
        assertThat(admission.held).isEqualTo(first.wire().length());
        processor.consume(second);
        assertThat(admission.held)
                .isEqualTo(first.wire().length() + second.wire().length());

        answer.complete(Outcome.ACCEPTED);
        assertThat(admission.held).isZero();
    }

    @Test
    void refusalAfterAcceptanceIsCountedAsALossAndWorkGoesOn() throws Exception {
        next.answer(DOWN, BAD);
        Processor processor = processor(2, 0, Acknowledge.ACCEPTED);

        assertThat(processor.consume(logs(1, 2)).result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(processor.consume(logs(3, 3)).result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(processor.consume(logs(6, 2)).result()).isEqualTo(Outcome.ACCEPTED);

        assertThat(value("processor_batch_dropped_items")).isEqualTo(5);
        assertThat(value("processor_batch_batch_send_size")).isEqualTo(1);
        assertThat(next.batches()).hasSize(3);
        assertThat(admission.held).isZero();
    }

    @Test
    void failureOfTheNextStageIsALossToo() {
        next.answer(Future.failedFuture(new IllegalStateException("bug")));
        Processor processor = processor(2, 0, Acknowledge.ACCEPTED);

        assertThat(processor.consume(logs(1, 2)).result()).isEqualTo(Outcome.ACCEPTED);

        assertThat(value("processor_batch_dropped_items")).isEqualTo(2);
        assertThat(admission.held).isZero();
    }

    @Test
    void whileASendIsUnderWayAndTheNextIsFullNothingMoreIsAnswered() throws Exception {
        Promise<Outcome> slow = Promise.promise();
        Promise<Outcome> slower = Promise.promise();
        next.answer(slow.future());
        next.answer(slower.future());
        Processor processor = processor(2, 0, Acknowledge.ACCEPTED);

        processor.consume(logs(1, 2));
        Future<Outcome> roomLeft = processor.consume(logs(3, 2));
        Future<Outcome> full = processor.consume(logs(5, 1));
        Future<Outcome> fuller = processor.consume(logs(6, 1));

        assertThat(roomLeft.isComplete()).isTrue();
        assertThat(full.isComplete()).isFalse();
        assertThat(next.batches()).hasSize(1);

        slow.complete(Outcome.ACCEPTED);
        assertThat(next.batches()).hasSize(2);
        assertThat(full.isComplete()).isFalse();

        slower.complete(Outcome.ACCEPTED);
        assertThat(full.result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(fuller.result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(bodies(next)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(admission.held).isZero();
    }

    @Test
    void deliveredAnswersEveryContributorWithWhatBecameOfTheMergedBatch() {
        Promise<Outcome> answer = Promise.promise();
        next.answer(answer.future());
        Processor processor = processor(2, 0, Acknowledge.DELIVERED);

        Future<Outcome> first = processor.consume(logs(1, 1));
        Future<Outcome> second = processor.consume(logs(2, 1));
        assertThat(first.isComplete()).isFalse();
        assertThat(second.isComplete()).isFalse();
        assertThat(admission.held).isZero();

        answer.complete(DOWN);
        assertThat(first.result()).isEqualTo(DOWN);
        assertThat(second.result()).isEqualTo(DOWN);
        assertThat(value("processor_batch_dropped_items")).isZero();
    }

    @Test
    void deliveredSharesOutTheRejectedItemsAndKeepsTheirSum() {
        next.answer(new Accepted(3, "three were bad"));
        Processor processor = processor(4, 0, Acknowledge.DELIVERED);

        Future<Outcome> first = processor.consume(logs(1, 2));
        Future<Outcome> second = processor.consume(logs(3, 2));

        assertThat(first.result()).isEqualTo(new Accepted(2, "three were bad"));
        assertThat(second.result()).isEqualTo(new Accepted(1, "three were bad"));
    }

    @Test
    void deliveredPassesAFailureOn() {
        IllegalStateException bug = new IllegalStateException("bug");
        next.answer(Future.failedFuture(bug));
        Processor processor = processor(1, 0, Acknowledge.DELIVERED);

        assertThat(processor.consume(logs(1, 1)).cause()).isSameAs(bug);
    }

    @Test
    void autoMeansDeliveredWhereEveryExporterBehindHasAQueueOnDisk() {
        Processor volatileOne = processor(10, 0, Acknowledge.AUTO);
        assertThat(volatileOne.consume(logs(1, 1)).isComplete()).isTrue();

        context.deliversDurably(true);
        Processor durableOne = processor(10, 0, Acknowledge.AUTO);
        Future<Outcome> outcome = durableOne.consume(logs(1, 1));
        assertThat(outcome.isComplete()).isFalse();
        context.manualClock().advance(TIMEOUT);
        assertThat(outcome.result()).isEqualTo(new Accepted(0, ""));
    }

    @Test
    void stopSendsWhatWaitsAndWaitsForTheAnswer() throws Exception {
        Promise<Outcome> answer = Promise.promise();
        next.answer(answer.future());
        Processor processor = processor(10, 0, Acknowledge.ACCEPTED);
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
        assertThat(processor(10, 0, Acknowledge.AUTO).stop().succeeded()).isTrue();
        assertThat(next.batches()).isEmpty();
    }

    @Test
    void batchesOfDifferentMetadataDoNotMix() {
        Processor processor = processor(config(2, TIMEOUT, 0, List.of("X-Tenant", "region"), 0, Acknowledge.ACCEPTED));

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
        Processor processor = processor(config(2, TIMEOUT, 0, List.of("tenant"), 2, Acknowledge.ACCEPTED));
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
        Processor processor = processor(1, 0, Acknowledge.ACCEPTED);
        processor.consume(logs(0, 1));
        for (int i = 1; i <= 20_000; i++) {
            processor.consume(logs(i, 1));
        }

        slow.complete(Outcome.ACCEPTED);

        assertThat(next.batches()).hasSize(20_001);
        assertThat(admission.held).isZero();
    }

    private Processor processor(int size, int maxSize, Acknowledge acknowledge) {
        return processor(config(size, TIMEOUT, maxSize, List.of(), 1000, acknowledge));
    }

    private Processor processor(BatchProcessorConfig config) {
        return new BatchProcessorFactory().create(config, next, context);
    }

    private static BatchProcessorConfig config(
            int size, Duration timeout, int maxSize, List<String> keys, int limit, Acknowledge acknowledge) {
        return new BatchProcessorConfig(size, timeout, maxSize, keys, limit, acknowledge);
    }

    private double value(String meter) {
        return context.meters().value(meter);
    }

    private static Telemetry logs(int from, int count) {
        return logs(from, count, Map.of());
    }

    /** Log records whose bodies are the numbers from {@code from} on. */
    private static Telemetry logs(int from, int count, Map<String, String> metadata) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (int i = from; i < from + count; i++) {
            scope.addLogRecords(LogRecord.newBuilder()
                    .setBody(AnyValue.newBuilder().setIntValue(i))
                    .build());
        }
        byte[] request = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
                .build()
                .toByteArray();
        return Telemetry.of(Signal.LOGS, Bytes.of(request), count, new Origin("grpc", "", metadata));
    }

    private static List<Integer> bodies(RecordingConsumer consumer) throws Exception {
        List<Integer> bodies = new ArrayList<>();
        ExportLogsServiceRequest request = ExportLogsServiceRequest.parseFrom(consumer.merged(Signal.LOGS));
        for (ResourceLogs resource : request.getResourceLogsList()) {
            for (ScopeLogs scope : resource.getScopeLogsList()) {
                scope.getLogRecordsList()
                        .forEach(record -> bodies.add((int) record.getBody().getIntValue()));
            }
        }
        return bodies;
    }

    private static final class CountingAdmission implements Admission {
        private long held;

        @Override
        public boolean tryAcquire(long bytes) {
            throw new AssertionError("the bytes are in memory already");
        }

        @Override
        public void charge(long bytes) {
            held += bytes;
        }

        @Override
        public void release(long bytes) {
            held -= bytes;
        }

        @Override
        public Level level() {
            return Level.NORMAL;
        }
    }
}
