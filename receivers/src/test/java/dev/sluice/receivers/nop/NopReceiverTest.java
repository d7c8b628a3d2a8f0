package dev.sluice.receivers.nop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Outputs;
import dev.sluice.api.PipelineId;
import dev.sluice.api.Receiver;
import dev.sluice.api.Stability;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.RecordingConsumer;
import dev.sluice.testkit.TestContext;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NopReceiverTest {
    private final NopReceiverFactory factory = new NopReceiverFactory();

    @Test
    void startsAndStopsWithoutTakingAnythingIn() {
        RecordingConsumer next = new RecordingConsumer();
        TestContext context = new TestContext("nop");
        Receiver receiver = factory.create(factory.defaultConfig(), outputs(next), context);

        assertThat(receiver.stop().succeeded()).isTrue();
        assertThat(receiver.start().succeeded()).isTrue();
        assertThat(receiver.stop().succeeded()).isTrue();

        assertThat(next.batches()).isEmpty();
        assertThat(context.manualClock().pending()).isZero();
    }

    @Test
    void worksForAllSignals() {
        assertThat(factory.type().name()).isEqualTo("nop");
        assertThat(factory.summary()).endsWith(".");
        assertThat(factory.signals())
                .containsOnly(
                        Map.entry(Signal.TRACES, Stability.BETA),
                        Map.entry(Signal.METRICS, Stability.BETA),
                        Map.entry(Signal.LOGS, Stability.BETA));
    }

    private static Outputs outputs(TelemetryConsumer next) {
        return new Outputs() {
            @Override
            public Set<Signal> signals() {
                return Set.of(Signal.values());
            }

            @Override
            public TelemetryConsumer to(Signal signal) {
                return next;
            }

            @Override
            public Map<PipelineId, TelemetryConsumer> pipelines() {
                return Map.of(new PipelineId(Signal.LOGS, ""), next);
            }
        };
    }
}
