package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.Admission;
import dev.sluice.api.ComponentId;
import dev.sluice.api.Outcome;
import dev.sluice.api.ServiceInfo;
import dev.sluice.api.Timer;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.Problems;
import dev.sluice.otlp.Signal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
    private final TestContext context = new TestContext("otlp/edge");

    @Test
    void timersRunInOrderEachAtItsOwnTime() {
        ManualClock clock = context.manualClock();
        long start = clock.epochNanos();
        List<String> ran = new ArrayList<>();
        context.after(Duration.ofSeconds(3), () -> ran.add("after at " + (clock.epochNanos() - start) / 1_000_000_000));
        Timer every =
                context.every(Duration.ofSeconds(2), () -> ran.add("every at " + clock.nanoTime() / 1_000_000_000));

        clock.advance(Duration.ofSeconds(5));
        assertThat(ran).containsExactly("every at 2", "after at 3", "every at 4");
        assertThat(clock.pending()).isEqualTo(1);

        every.cancel();
        every.cancel();
        clock.advance(Duration.ofSeconds(5));
        assertThat(ran).hasSize(3);
        assertThat(clock.pending()).isZero();
        assertThat(context.clock().nanoTime()).isEqualTo(Duration.ofSeconds(10).toNanos());
    }

    @Test
    void metersOfTheSameNameAndLabelsAddUp() {
        RecordingMeters meters = context.meters();
        meters.counter("n", "", "", Map.of("a", "1")).add(2);
        meters.counter("n", "", "", Map.of("a", "1")).add(3);
        meters.counter("n", "", "", Map.of("a", "2")).add(10);
        meters.gauge("g", "", "", Map.of()).set(4);
        meters.gauge("g", "", "", Map.of()).set(5);
        meters.histogram("h", "", "", Map.of(), 1).record(0.5);
        meters.histogram("h", "", "", Map.of(), 1).record(2);

        assertThat(meters.value("n", Map.of("a", "1"))).isEqualTo(5);
        assertThat(meters.value("n")).isEqualTo(15);
        assertThat(meters.value("g", Map.of())).isEqualTo(5);
        assertThat(meters.value("h", Map.of())).isEqualTo(2);
        assertThat(meters.value("never", Map.of())).isZero();
    }

    @Test
    void theSurroundingsAreWhatTheTestSays() {
        Object capability = "shelf";
        ServiceInfo service = new TestServiceInfo();
        context.extension("file_storage", capability).service(service).admission(Admission.UNBOUNDED);

        assertThat(context.id()).isEqualTo(ComponentId.parse("otlp/edge"));
        assertThat(context.extension(ComponentId.parse("file_storage"), String.class))
                .isEqualTo("shelf");
        assertThat(context.service()).isSameAs(service);
        assertThat(context.admission()).isSameAs(Admission.UNBOUNDED);
        assertThat(context.log().getName()).isEqualTo("test.otlp/edge");
        assertThatThrownBy(() -> context.extension(ComponentId.parse("file_storage"), Integer.class))
                .hasMessage("no extension file_storage that is a Integer");
        assertThatThrownBy(context::vertx).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void blockingWorkIsDoneOnTheSpot() {
        assertThat(context.blocking(() -> 7).result()).isEqualTo(7);
        assertThat(context.blocking(() -> {
                            throw new java.io.IOException("disk");
                        })
                        .cause())
                .hasMessage("disk");
    }

    @Test
    void aRecordingConsumerAnswersByItsScriptAndThenAccepts() {
        Outcome refused = Outcome.permanent(Outcome.Reason.INVALID, "no");
        Promise<Outcome> later = Promise.promise();
        RecordingConsumer consumer = new RecordingConsumer().answer(refused).answer(later.future());

        Future<Outcome> first = consumer.consume(Requests.numbered(Signal.LOGS, 1));
        Future<Outcome> second = consumer.consume(Requests.numbered(Signal.LOGS, 2));
        Future<Outcome> third = consumer.consume(Requests.numbered(Signal.TRACES, 3));

        assertThat(first.result()).isEqualTo(refused);
        assertThat(second.isComplete()).isFalse();
        assertThat(third.result()).isEqualTo(Outcome.ACCEPTED);
        assertThat(consumer.batches()).hasSize(3);
        assertThat(consumer.items(Signal.LOGS)).isEqualTo(2);
        assertThat(consumer.merged(Signal.TRACES))
                .isEqualTo(Requests.numbered(Signal.TRACES, 3).wire().toByteArray());
    }

    @Test
    void configurationsAreChangedByTheirKeys() {
        record Inner(String path) implements Config {
            static final Inner DEFAULT = new Inner("/");

            @Override
            public void validate(Problems problems) {
                if (path.isEmpty()) {
                    problems.at("path", "is empty");
                }
            }
        }
        record Outer(int maxSize, Inner inner) implements Config {
            static final Outer DEFAULT = new Outer(1, Inner.DEFAULT);
        }
        Outer changed = Configs.with(Outer.DEFAULT, "max_size", 2, "inner::path", "");
        assertThat(changed).isEqualTo(new Outer(2, new Inner("")));
        assertThat(Configs.problems(changed)).containsExactly("inner::path: is empty");
        assertThat(Configs.problems(Outer.DEFAULT)).isEmpty();
        assertThatThrownBy(() -> Configs.with(Outer.DEFAULT, "maxSize", 2)).hasMessageContaining("has no key maxSize");
    }
}
