package dev.sluice.processors.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.Processor;
import dev.sluice.api.Telemetry;
import dev.sluice.processors.batch.BatchProcessorConfig.Acknowledge;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What senders are answered, and when. */
class BatchAnswersTest extends Batching {
    private static final Refused DOWN = Outcome.retryable(Reason.UNAVAILABLE, "down", Duration.ofSeconds(1));
    private static final Refused BAD = Outcome.permanent(Reason.INVALID, "bad");

    @Test
    void keptBytesAreChargedUntilTheSendIsAnswered() {
        Promise<Outcome> answer = Promise.promise();
        next.answer(answer.future());
        Processor processor = processor(2, Acknowledge.ACCEPTED);
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
        Processor processor = processor(2, Acknowledge.ACCEPTED);

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
        Processor processor = processor(2, Acknowledge.ACCEPTED);

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
        Processor processor = processor(2, Acknowledge.ACCEPTED);

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
        Processor processor = processor(2, Acknowledge.DELIVERED);

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
        Processor processor = processor(4, Acknowledge.DELIVERED);

        Future<Outcome> first = processor.consume(logs(1, 2));
        Future<Outcome> second = processor.consume(logs(3, 2));

        assertThat(first.result()).isEqualTo(new Accepted(2, "three were bad"));
        assertThat(second.result()).isEqualTo(new Accepted(1, "three were bad"));
    }

    @Test
    void deliveredPassesAFailureOn() {
        IllegalStateException bug = new IllegalStateException("bug");
        next.answer(Future.failedFuture(bug));
        Processor processor = processor(1, Acknowledge.DELIVERED);

        assertThat(processor.consume(logs(1, 1)).cause()).isSameAs(bug);
    }

    @Test
    void autoMeansDeliveredWhereEveryExporterBehindHasAQueueOnDisk() {
        Processor volatileOne = processor(10, Acknowledge.AUTO);
        assertThat(volatileOne.consume(logs(1, 1)).isComplete()).isTrue();

        context.deliversDurably(true);
        Processor durableOne = processor(10, Acknowledge.AUTO);
        Future<Outcome> outcome = durableOne.consume(logs(1, 1));
        assertThat(outcome.isComplete()).isFalse();
        context.manualClock().advance(TIMEOUT);
        assertThat(outcome.result()).isEqualTo(new Accepted(0, ""));
    }
}
