package dev.sluice.connectors.slo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.WireWriter;
import dev.sluice.slo.alert.AlertLogReader;
import dev.sluice.slo.alert.AlertPhase;
import dev.sluice.slo.rules.GroupConfig;
import dev.sluice.slo.rules.RuleConfig;
import dev.sluice.slo.rules.SloConfig;
import dev.sluice.slo.series.CountConfig;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.OneOutput;
import dev.sluice.testkit.RecordingConsumer;
import dev.sluice.testkit.TestContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SloConnectorTest {
    private static final SloConfig CONFIG = Configs.with(
            SloConfig.DEFAULT,
            "groups",
            alert("Long", "queue_length > 5"),
            "evaluation::allowed_lateness",
            Duration.ZERO);

    private final TestContext context = new TestContext("slo");
    private final RecordingConsumer next = new RecordingConsumer();

    @Test
    void alertsAreLogRecordsAndTheirSeriesMetrics() {
        SloConnector connector = connector(context, Set.of(Signal.LOGS, Signal.METRICS));
        Telemetry batch = queue(9);
        assertThat(connector.consume(batch).await()).isEqualTo(Outcome.ACCEPTED);
        context.manualClock().advance(Duration.ofSeconds(2));
        assertThat(next.batches()).doesNotContain(batch);
        assertThat(next.items(Signal.METRICS)).isEqualTo(2);
        Telemetry logs = next.batches().stream()
                .filter(one -> one.signal() == Signal.LOGS)
                .findFirst()
                .orElseThrow();
        assertThat(AlertLogReader.read(logs.wire())).singleElement().satisfies(notice -> {
            assertThat(notice.name()).isEqualTo("Long");
            assertThat(notice.phase()).isEqualTo(AlertPhase.FIRING);
        });
    }

    @Test
    void whatNoPipelineTakesIsNotMade() {
        SloConnector connector = connector(context, Set.of(Signal.LOGS));
        connector.consume(queue(9)).await();
        context.manualClock().advance(Duration.ofSeconds(2));
        assertThat(next.batches()).extracting(Telemetry::signal).containsExactly(Signal.LOGS);
        connector.stop().await();
        assertThat(context.manualClock().pending()).isZero();
    }

    @Test
    void dataIsRefusedWhenTheLoopOfTheRulesCannotKeepUp() {
        SloConnector connector = connector(context.onAnotherLoop().refusing(), Set.of(Signal.LOGS));
        assertThat(connector.consume(queue(9)).await()).isInstanceOf(Refused.class);
    }

    @Test
    void spansAreCountedForTheRules() {
        SloConfig config = Configs.with(
                CONFIG,
                "groups",
                alert("Called", "calls_total > 0"),
                "counts",
                List.of(Configs.with(CountConfig.DEFAULT, "name", "calls_total")));
        SloConnector connector = connector(config, context, Set.of(Signal.LOGS));
        assertThat(connector.consume(span()).await()).isEqualTo(Outcome.ACCEPTED);
        context.manualClock().advance(Duration.ofSeconds(2));
        assertThat(AlertLogReader.read(next.batches().getFirst().wire()))
                .singleElement()
                .satisfies(notice -> assertThat(notice.name()).isEqualTo("Called"));
    }

    private static List<GroupConfig> alert(String name, String expr) {
        RuleConfig rule = Configs.with(RuleConfig.DEFAULT, "alert", name, "expr", expr);
        return List.of(Configs.with(GroupConfig.DEFAULT, "name", "g", "rules", List.of(rule)));
    }

    private Telemetry span() {
        WireWriter out = new WireWriter();
        out.fixed64(8, context.manualClock().epochNanos());
        for (int field : new int[] {2, 2, 1}) {
            out.message(field, 0);
        }
        return Telemetry.of(Signal.TRACES, Bytes.of(out.toByteArray()), Origin.INTERNAL);
    }

    private SloConnector connector(TestContext on, Set<Signal> signals) {
        return connector(CONFIG, on, signals);
    }

    private SloConnector connector(SloConfig config, TestContext on, Set<Signal> signals) {
        SloConnector connector = new SloConnector(config, new OneOutput(signals, next), on);
        connector.start().await();
        return connector;
    }

    private Telemetry queue(double length) {
        WireWriter out = new WireWriter();
        out.decimal(4, length);
        out.fixed64(3, context.manualClock().epochNanos());
        for (int field : new int[] {1, 5}) {
            out.message(field, 0);
        }
        out.string(1, "queue.length");
        for (int field : new int[] {2, 2, 1}) {
            out.message(field, 0);
        }
        return Telemetry.of(Signal.METRICS, Bytes.of(out.toByteArray()), Origin.INTERNAL);
    }
}
