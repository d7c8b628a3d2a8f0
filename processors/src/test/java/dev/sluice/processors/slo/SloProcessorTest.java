package dev.sluice.processors.slo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.slo.rules.GroupConfig;
import dev.sluice.slo.rules.RuleConfig;
import dev.sluice.slo.series.CountConfig;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.RecordingConsumer;
import dev.sluice.testkit.TestContext;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SloProcessorTest {
    private static final SloProcessorConfig CONFIG = Configs.with(
            SloProcessorConfig.DEFAULT,
            "groups",
            List.of(Configs.with(
                    GroupConfig.DEFAULT,
                    "name",
                    "g",
                    "rules",
                    List.of(
                            Configs.with(RuleConfig.DEFAULT, "record", "double", "expr", "2 * queue_length"),
                            Configs.with(RuleConfig.DEFAULT, "alert", "Long", "expr", "double > 5")))),
            "evaluation::allowed_lateness",
            Duration.ZERO);

    private final TestContext context = new TestContext("slo");
    private final RecordingConsumer next = new RecordingConsumer();
    private final SloProcessor processor = new SloProcessor(CONFIG, next, context);

    @Test
    void dataPassesAsItIsAndAtOnceAndTheAnswerIsThatOfTheNextStage() {
        processor.start().await();
        Promise<Outcome> later = Promise.promise();
        next.answer(later.future());
        Telemetry batch = queue(3);
        Future<Outcome> answer = processor.consume(batch);
        assertThat(next.batches()).containsExactly(batch);
        assertThat(answer.isComplete()).isFalse();
        Outcome refusal = Outcome.retryable(Reason.OVERLOADED, "full", Duration.ofSeconds(1));
        later.complete(refusal);
        assertThat(answer.await()).isEqualTo(refusal);
    }

    @Test
    void whatRulesRecordAndTheSeriesOfAlertsJoinThePipeline() {
        processor.start().await();
        processor.consume(queue(3)).await();
        context.manualClock().advance(Duration.ofSeconds(2));
        assertThat(names(next.batches().getLast())).containsExactly("ALERTS", "ALERTS_FOR_STATE", "double");
    }

    @Test
    void whatTheRulesDoNotSeePassesAndIsCounted() {
        TestContext other = context.onAnotherLoop().refusing();
        SloProcessor elsewhere = new SloProcessor(CONFIG, next, other);
        elsewhere.start().await();
        assertThat(elsewhere.consume(queue(3)).await()).isEqualTo(Outcome.ACCEPTED);
        assertThat(other.meters().value("rule_engine_items_unseen", Map.of())).isEqualTo(1);
    }

    @Test
    void countsAreRefusedWhereNoSpansAndLogRecordsCome() {
        SloProcessorConfig config = Configs.with(
                SloProcessorConfig.DEFAULT,
                "counts",
                List.of(Configs.with(CountConfig.DEFAULT, "name", "calls_total")));
        assertThat(Configs.problems(config))
                .contains("counts: no spans and log records come here: the connector slo counts them");
    }

    @Test
    void afterStopNothingIsLeft() {
        processor.start().await();
        processor.consume(queue(3)).await();
        processor.stop().await();
        processor.stop().await();
        assertThat(context.manualClock().pending()).isZero();
        assertThat(processor.consume(queue(3)).await()).isEqualTo(Outcome.ACCEPTED);
    }

    private Telemetry queue(double length) {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        request.addResourceMetricsBuilder()
                .addScopeMetricsBuilder()
                .addMetricsBuilder()
                .setName("queue.length")
                .getGaugeBuilder()
                .addDataPointsBuilder()
                .setTimeUnixNano(context.manualClock().epochNanos())
                .setAsDouble(length);
        return Telemetry.of(Signal.METRICS, Bytes.of(request.build().toByteArray()), Origin.INTERNAL);
    }

    private static Set<String> names(Telemetry batch) {
        try {
            Set<String> names = new TreeSet<>();
            ExportMetricsServiceRequest.parseFrom(batch.wire().toByteArray())
                    .getResourceMetricsList()
                    .forEach(resource -> resource.getScopeMetrics(0)
                            .getMetricsList()
                            .forEach(metric -> names.add(metric.getName())));
            return names;
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
