package dev.sluice.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.Admission;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.Telemetry;
import dev.sluice.api.config.Delivery;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.api.config.RetryConfig;
import dev.sluice.api.config.Sizer;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.RecordingConsumer;
import dev.sluice.testkit.TestContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExportPathTest {
    private static final Refused DOWN = Outcome.retryable(Reason.UNAVAILABLE, "down", Duration.ZERO);

    private final TestContext context = new TestContext("ex");
    private final RecordingConsumer exporter = new RecordingConsumer();

    @Test
    void withoutADeliveryTheExportersAnswerIsPassedOnAndCounted() {
        ExportPath path = path(Delivery.DIRECT);
        exporter.answer(new Accepted(2, "two bad"), DOWN).answer(Future.failedFuture("bug"));
        assertThat(path.consume(Otlp.spans("a", 5)).result()).isEqualTo(new Accepted(2, "two bad"));
        assertThat(path.consume(Otlp.spans("b", 7)).result()).isEqualTo(DOWN);
        assertThat(path.consume(Otlp.spans("c", 11)).cause()).hasMessage("bug");
        assertThat(context.meters().value("exporter_sent_spans")).isEqualTo(3);
        assertThat(context.meters().value("exporter_send_failed_spans")).isEqualTo(2 + 7 + 11);
        assertThat(path.drain().succeeded()).isTrue();
    }

    @Test
    void answerThatComesLaterIsCountedThen() {
        Promise<Outcome> later = Promise.promise();
        exporter.answer(later.future());
        ExportPath path = path(Delivery.DIRECT);
        path.consume(Otlp.spans("a", 5));
        assertThat(context.meters().value("exporter_sent_spans")).isZero();
        later.complete(Outcome.ACCEPTED);
        assertThat(context.meters().value("exporter_sent_spans")).isEqualTo(5);
    }

    @Test
    void retriesOfABatchAreCountedOnce() {
        RetryConfig retry = new RetryConfig(true, Duration.ofSeconds(1), 0, 1, Duration.ofSeconds(1), Duration.ZERO);
        ExportPath path = path(new Delivery(Duration.ofSeconds(5), retry, null));
        exporter.answer(DOWN, DOWN);
        Future<Outcome> answer = path.consume(Otlp.spans("a", 5));
        context.manualClock().advance(Duration.ofSeconds(2));
        assertThat(answer.result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(context.meters().value("exporter_sent_spans")).isEqualTo(5);
        assertThat(context.meters().value("exporter_send_failed_spans")).isZero();
    }

    @Test
    void attemptThatTimesOutIsRetried() {
        RetryConfig retry = new RetryConfig(true, Duration.ofSeconds(1), 0, 1, Duration.ofSeconds(1), Duration.ZERO);
        ExportPath path = path(new Delivery(Duration.ofSeconds(5), retry, null));
        exporter.answer(Promise.<Outcome>promise().future());
        Future<Outcome> answer = path.consume(Otlp.spans("a", 5));
        context.manualClock().advance(Duration.ofSeconds(6));
        assertThat(answer.result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(exporter.batches()).hasSize(2);
    }

    @Test
    void disabledRetriesAndZeroTimeoutAreLeftOut() {
        RetryConfig off = new RetryConfig(false, Duration.ofSeconds(1), 0, 1, Duration.ofSeconds(1), Duration.ZERO);
        ExportPath path = path(new Delivery(Duration.ZERO, off, null));
        exporter.answer(DOWN).answer(Promise.<Outcome>promise().future());
        assertThat(path.consume(Otlp.spans("a", 1)).result()).isEqualTo(DOWN);
        path.consume(Otlp.spans("b", 1));
        assertThat(context.manualClock().pending()).isZero();
    }

    @Test
    void drainInterruptsTheWaitForARetryAndEmptiesTheQueue() {
        QueueConfig config = new QueueConfig(true, 1, 10, Sizer.REQUESTS, false, false, null, null);
        SendingQueue queue = new SendingQueue(Signal.TRACES, config, Admission.UNBOUNDED, context.meters());
        ExportPath path = new ExportPath(
                exporter,
                new Delivery(Duration.ofSeconds(5), RetryConfig.DEFAULT, config),
                context,
                Runnable::run,
                Set.of(Signal.TRACES),
                Map.of(Signal.TRACES, queue),
                new SplittableRandom(1));
        exporter.answer(DOWN, DOWN);
        assertThat(path.consume(Otlp.spans("a", 1)).result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(path.consume(Otlp.spans("b", 1)).result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(exporter.batches()).hasSize(1);
        assertThat(path.drain().succeeded()).isTrue();
        // One more try for the first, which the destination refuses again; then the second.
        assertThat(exporter.batches()).hasSize(3);
        assertThat(context.meters().value("exporter_send_failed_spans")).isEqualTo(1);
        assertThat(context.meters().value("exporter_sent_spans")).isEqualTo(1);
        assertThat(context.manualClock().pending()).isZero();
        path.abandon();
        assertThat(path.consume(Otlp.spans("c", 1)).result()).isInstanceOf(Refused.class);
    }

    @Test
    void signalThatNoPipelineBringsIsABug() {
        Telemetry logs = Telemetry.of(Signal.LOGS, Bytes.EMPTY, Origin.INTERNAL);
        assertThatThrownBy(() -> path(Delivery.DIRECT).consume(logs)).hasMessage("ex is in no pipeline of logs");
    }

    private ExportPath path(Delivery delivery) {
        return new ExportPath(
                exporter, delivery, context, Runnable::run, Set.of(Signal.TRACES), Map.of(), new SplittableRandom(1));
    }
}
