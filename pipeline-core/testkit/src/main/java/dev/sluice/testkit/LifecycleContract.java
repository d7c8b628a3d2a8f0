package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Component;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ConnectorFactory;
import dev.sluice.api.ExporterFactory;
import dev.sluice.api.ExtensionFactory;
import dev.sluice.api.Outcome;
import dev.sluice.api.ProcessorFactory;
import dev.sluice.api.ReceiverFactory;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.api.config.Config;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.FactoryContract.Case;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of {@link FactoryContract} that runs components; everything happens on an event loop, as in the service. */
final class LifecycleContract {
    private static final Pattern LISTENING = Pattern.compile("(localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|):\\d+");
    private static final List<Outcome> OUTCOMES = List.of(
            Outcome.ACCEPTED,
            new Outcome.Accepted(1, "one item was not taken"),
            Outcome.permanent(Outcome.Reason.INVALID, "not to be taken"),
            Outcome.retryable(Outcome.Reason.OVERLOADED, "not now", Duration.ofSeconds(7)));

    private final ComponentFactory<?> factory;
    private final Case one;
    private final Vertx vertx;

    LifecycleContract(ComponentFactory<?> factory, Case one, Vertx vertx) {
        this.factory = factory;
        this.one = one;
        this.vertx = vertx;
    }

    void stopsUnstarted() throws Exception {
        TestContext surroundings = surroundings();
        onLoop(() -> {
            Component component = create(new RecordingConsumer(), surroundings);
            return component.stop().compose(_ -> component.stop());
        });
        assertThat(surroundings.manualClock().pending()).as("timers left").isZero();
    }

    void startsAndStopsTwice() throws Exception {
        TestContext surroundings = surroundings();
        onLoop(() -> {
            Component component = create(new RecordingConsumer(), surroundings);
            return component.start().compose(_ -> component.stop()).compose(_ -> component.stop());
        });
        assertThat(surroundings.manualClock().pending()).as("timers left").isZero();
    }

    /** What the next stage answers while it is asked is the answer; where it is not asked the batch is taken. */
    void passesOutcomesOn() throws Exception {
        for (Signal signal : factory.signals().keySet()) {
            for (Outcome outcome : OUTCOMES) {
                Outcome answer = answer(signal, Future.succeededFuture(outcome), outcome);
                if (!one.answersLater()) {
                    assertThat(answer).as("answer to %s", signal.key()).isEqualTo(outcome);
                }
            }
        }
    }

    private Outcome answer(Signal signal, Future<Outcome> ofNext, Outcome outcome) throws Exception {
        RecordingConsumer next = new RecordingConsumer();
        TestContext surroundings = surroundings();
        Outcome answer = onLoop(() -> {
            Component component = create(next.answer(ofNext), surroundings);
            Telemetry batch = Requests.numbered(signal, 7);
            return component.start().compose(_ -> {
                Future<Outcome> answered = ((TelemetryConsumer) component).consume(batch);
                // A component that takes nothing by default has no outcome to pass on.
                boolean asked = !next.batches().isEmpty();
                return answered.compose(got -> component.stop().map(_ -> asked || one.answersLater() ? got : outcome));
            });
        });
        assertThat(surroundings.manualClock().pending()).as("timers left").isZero();
        return answer;
    }

    private TestContext surroundings() {
        return one.context().apply(new TestContext(factory.type().name(), vertx));
    }

    private Component create(TelemetryConsumer next, TestContext surroundings) {
        return create(factory, next, surroundings);
    }

    @SuppressWarnings("unchecked")
    private <C extends Record & Config> Component create(
            ComponentFactory<C> typed, TelemetryConsumer next, TestContext surroundings) {
        C config = (C) anyPort(one.config().apply(typed.defaultConfig()));
        return switch (typed) {
            case ReceiverFactory<C> receiver ->
                receiver.create(config, new OneOutput(Set.of(Signal.values()), next), surroundings);
            case ProcessorFactory<C> processor -> processor.create(config, next, surroundings);
            case ExporterFactory<C> exporter -> exporter.create(config, surroundings);
            case ConnectorFactory<C> connector ->
                connector.create(config, new OneOutput(Set.of(Signal.values()), next), surroundings);
            case ExtensionFactory<C> extension -> extension.create(config, surroundings);
        };
    }

    private static Object anyPort(Object config) {
        return ConfigRecords.copy(config, LifecycleContract::anyPort);
    }

    private static @Nullable Object anyPort(RecordComponent component, @Nullable Object value) {
        if (value instanceof String text
                && ConfigRecords.key(component).equals("endpoint")
                && LISTENING.matcher(text).matches()) {
            return "127.0.0.1:0";
        }
        return value instanceof Record && value instanceof Config ? anyPort(value) : value;
    }

    private <T> T onLoop(Callable<Future<T>> work) throws Exception {
        Context loop = vertx.getOrCreateContext();
        Promise<T> done = Promise.promise();
        loop.runOnContext(_ -> {
            try {
                work.call().onComplete(done);
            } catch (Throwable e) {
                done.fail(e);
            }
        });
        return done.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
