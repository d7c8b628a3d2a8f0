package dev.sluice.connectors.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Connector;
import dev.sluice.api.ConnectorFactory.Route;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Outputs;
import dev.sluice.api.PipelineId;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.RecordingConsumer;
import dev.sluice.testkit.TestContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForwardConnectorTest {
    private final ForwardConnectorFactory factory = new ForwardConnectorFactory();
    private final Map<Signal, RecordingConsumer> next = new EnumMap<>(Signal.class);
    private final Connector connector = factory.create(factory.defaultConfig(), outputs(), new TestContext("forward"));

    @ParameterizedTest
    @EnumSource
    void batchGoesUnchangedToThePipelinesOfItsSignalOnly(Signal signal) {
        Telemetry batch = Telemetry.of(signal, Bytes.of(new byte[] {10, 0}), 1, Origin.INTERNAL);

        Outcome outcome = connector.consume(batch).result();

        assertThat(outcome).isEqualTo(Outcome.ACCEPTED);
        for (Signal other : Signal.values()) {
            if (other == signal) {
                assertThat(next.get(other).batches()).singleElement().isSameAs(batch);
            } else {
                assertThat(next.get(other).batches()).isEmpty();
            }
        }
    }

    @Test
    void answerIsTheNextPipelinesAndComesNoSooner() {
        Promise<Outcome> answer = Promise.promise();
        next.get(Signal.TRACES).answer(answer.future());

        Future<Outcome> outcome =
                connector.consume(Telemetry.of(Signal.TRACES, Bytes.of(new byte[] {10, 0}), 1, Origin.INTERNAL));

        assertThat(outcome.isComplete()).isFalse();
        Outcome refusal = Outcome.retryable(Reason.OVERLOADED, "full", Duration.ofSeconds(3));
        answer.complete(refusal);
        assertThat(outcome.result()).isSameAs(refusal);
    }

    @Test
    void connectsEverySignalWithItselfOnly() {
        assertThat(factory.type().name()).isEqualTo("forward");
        assertThat(factory.summary()).endsWith(".");
        assertThat(factory.routes().keySet())
                .containsExactlyInAnyOrder(
                        new Route(Signal.TRACES, Signal.TRACES),
                        new Route(Signal.METRICS, Signal.METRICS),
                        new Route(Signal.LOGS, Signal.LOGS));
    }

    private Outputs outputs() {
        for (Signal signal : Signal.values()) {
            next.put(signal, new RecordingConsumer());
        }
        return new Outputs() {
            @Override
            public Set<Signal> signals() {
                return next.keySet();
            }

            @Override
            public TelemetryConsumer to(Signal signal) {
                return next.get(signal);
            }

            @Override
            public Map<PipelineId, TelemetryConsumer> pipelines() {
                throw new AssertionError("the connector does not choose");
            }
        };
    }
}
