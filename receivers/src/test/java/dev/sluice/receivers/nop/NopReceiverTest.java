package dev.sluice.receivers.nop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Receiver;
import dev.sluice.api.Stability;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.OneOutput;
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
        Receiver receiver =
                factory.create(factory.defaultConfig(), new OneOutput(Set.of(Signal.values()), next), context);

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
}
