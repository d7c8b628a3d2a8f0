package dev.sluice.exporters.nop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Exporter;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.api.config.Delivery;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NopExporterTest {
    private final NopExporterFactory factory = new NopExporterFactory();
    private final Exporter exporter = factory.create(factory.defaultConfig(), new TestContext("nop"));

    @ParameterizedTest
    @EnumSource
    void acceptsEverySignalAtOnce(Signal signal) {
        Telemetry batch = Telemetry.of(signal, Bytes.EMPTY, 0, Origin.INTERNAL);

        assertThat(exporter.consume(batch).result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(factory.signals()).containsKey(signal);
    }

    @Test
    void hasNoQueueRetryOrTimeLimit() {
        assertThat(factory.delivery(factory.defaultConfig())).isEqualTo(Delivery.DIRECT);
        assertThat(factory.type().name()).isEqualTo("nop");
        assertThat(factory.summary()).endsWith(".");
    }
}
