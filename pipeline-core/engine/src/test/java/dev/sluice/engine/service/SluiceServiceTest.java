package dev.sluice.engine.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ComponentId;
import dev.sluice.api.Outcome;
import dev.sluice.api.config.Delivery;
import dev.sluice.api.config.RetryConfig;
import dev.sluice.engine.config.ConfigException;
import dev.sluice.engine.graph.ComponentException;
import dev.sluice.engine.graph.Lab;
import dev.sluice.engine.queue.Otlp;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {1, 3})
class SluiceServiceTest {
    private final ServiceRig rig;
    private final Lab lab;

    SluiceServiceTest(int loops) {
        rig = new ServiceRig(loops);
        lab = rig.lab;
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void startsFromTheSinksUpAndStopsTheOtherWayEachStepOnAllLoops() {
        SluiceService service =
                rig.start("extensions: zx, zx1", "traces: rx | px/a, px/b | cx", "traces/2: cx | px/c | ex");
        service.stop().await();
        assertThat(rig.steps())
                .containsExactly(
                        "start zx",
                        "start zx1",
                        "start ex",
                        "start px/c",
                        "start cx",
                        "start px/b",
                        "start px/a",
                        "start rx",
                        "stop rx",
                        "stop px/a",
                        "stop px/b",
                        "stop cx",
                        "stop px/c",
                        "stop ex",
                        "stop zx1",
                        "stop zx");
        assertThat(lab.events.stream().filter("start px/a"::equals)).hasSize(rig.loops);
        assertThat(lab.events.stream().filter("start zx1"::equals)).hasSize(1);
    }

    @Test
    void tellsOfItself() {
        SluiceService service = rig.start("extensions: zx", "traces: rx | px | ex");
        assertThat(service.ready()).isTrue();
        assertThat(service.running()).isTrue();
        assertThat(service.command()).isEqualTo("sluice");
        assertThat(service.version()).isEqualTo("1.2.3");
        assertThat(service.started()).isBeforeOrEqualTo(java.time.Instant.now());
        assertThat(service.featureGates()).isEmpty();
        assertThat(service.extensions()).containsExactly(ComponentId.parse("zx"));
        assertThat(service.pipelines())
                .extracting(pipeline ->
                        pipeline.id() + " " + pipeline.receivers() + pipeline.processors() + pipeline.exporters())
                .containsExactly("traces [rx][px][ex]");
        assertThat(lab.sources.getFirst().context.service()).isSameAs(service);
        service.stop().await();
        assertThat(service.ready()).isFalse();
        assertThat(service.running()).isFalse();
        assertThat(service.pipelines()).isEmpty();
        assertThat(service.extensions()).isEmpty();
    }

    @Test
    void failedStartNamesTheComponentAndStopsWhatHadStarted() {
        lab.onStart("rx", context -> Future.failedFuture(new java.net.BindException("Address already in use")));
        assertThat(startFailure("extensions: zx", "traces: rx | px | ex"))
                .isInstanceOf(ComponentException.class)
                .hasMessage("failed to start \"rx\" receiver: Address already in use");
        assertThat(rig.steps()).contains("stop px", "stop ex").endsWith("stop zx");
        assertThat(rig.vertx.deploymentIDs()).isEmpty();
    }

    @Test
    void componentThatThrowsInItsStartFailsItToo() {
        lab.onStart("zx", context -> {
            throw new IllegalStateException();
        });
        assertThat(startFailure("extensions: zx", "traces: rx | px | ex"))
                .hasMessage("failed to start \"zx\" extension: java.lang.IllegalStateException");
        assertThat(lab.events).doesNotContain("start ex");
    }

    @Test
    void failedCreationNamesTheComponent() {
        lab.onCreate("px", () -> {
            throw new IllegalArgumentException("no such file");
        });
        assertThat(startFailure("extensions: zx", "traces: rx | px | ex"))
                .hasMessage("failed to create \"px\" processor: no such file");
        assertThat(rig.steps()).containsExactly("start zx", "stop zx");
        lab.onCreate("zx", () -> {
            throw new IllegalArgumentException("no such key");
        });
        assertThat(startFailure("extensions: zx1, zx", "traces: rx | | ex"))
                .hasMessage("failed to create \"zx\" extension: no such key");
        assertThat(rig.vertx.deploymentIDs()).isEmpty();
    }

    @Test
    void pipelinesThatCannotBeAreRefusedBeforeAnythingIsMade() {
        assertThat(startFailure("logs: rxt | | ex"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("telemetry type is not supported");
        assertThat(lab.events).isEmpty();
    }

    @Test
    void stopDrainsTheQueueBeforeItStopsTheExporter() {
        Lab.Held slow = lab.hold("ex");
        lab.delivery("ex", new Delivery(null, null, DataPathTest.queue(1, 100, false)));
        Promise<Void> stopping = Promise.promise();
        lab.onStop("px", context -> {
            stopping.tryComplete();
            return Future.succeededFuture();
        });
        SluiceService service = rig.start("traces: rx | px | ex");
        for (int i = 0; i < rig.loops; i++) {
            lab.sources.get(i).put(Otlp.spans("b" + i, 1)).await();
        }
        Future<?> stopped = service.stop();
        stopping.future().await();
        assertThat(stopped.isComplete()).isFalse();
        assertThat(lab.events).doesNotContain("stop ex");
        lab.answer("ex", batch -> Outcome.accepted());
        slow.release(Outcome.ACCEPTED);
        stopped.await();
        assertThat(lab.items("ex")).isEqualTo(rig.loops);
        assertThat(rig.meters.recorded.value("exporter_sent_spans", Map.of("exporter", "ex")))
                .isEqualTo(rig.loops);
    }

    @Test
    void stopEndsAtTheDeadlineWhateverADestinationDoes() throws Exception {
        lab.hold("ex");
        lab.onStop("rx", context -> Promise.promise().future());
        lab.onStop("px", context -> Promise.promise().future());
        lab.delivery("ex", new Delivery(null, RetryConfig.DEFAULT, DataPathTest.queue(1, 100, false)));
        SluiceService service = SluiceService.start(
                        rig.vertx,
                        lab.config("traces: rx | px | ex"),
                        rig.options().withDrainDeadline(Duration.ofMillis(200)))
                .await();
        for (Lab.Source source : lab.sources) {
            source.put(Otlp.spans("a", 1)).await();
        }
        service.stop().await(30, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(rig.steps()).endsWith("stop rx", "stop px", "stop ex");
        assertThat(rig.meters.recorded.value("exporter_queue_size", Map.of("exporter", "ex", "data_type", "traces")))
                .isZero();
    }

    @Test
    void afterStopNoTimerRunsAndNoThreadWorks() {
        AtomicInteger ticks = new AtomicInteger();
        CountDownLatch interrupted = new CountDownLatch(rig.loops);
        CountDownLatch working = new CountDownLatch(rig.loops);
        Promise<Void> ticked = Promise.promise();
        lab.onStart("px", context -> {
            context.every(Duration.ofMillis(1), () -> {
                ticks.incrementAndGet();
                ticked.tryComplete();
            });
            context.after(Duration.ofHours(1), ticks::incrementAndGet);
            context.blocking(() -> {
                working.countDown();
                try {
                    new CountDownLatch(1).await();
                } finally {
                    interrupted.countDown();
                }
                return null;
            });
            return ticked.future();
        });
        SluiceService service = rig.start("traces: rx | px | ex");
        awaitLatch(working);
        service.stop().await();
        int before = ticks.get();
        awaitLatch(interrupted);
        Promise<Void> later = Promise.promise();
        rig.vertx.setTimer(30, fired -> later.complete());
        later.future().await();
        assertThat(ticks).hasValue(before);
        assertThat(rig.vertx.deploymentIDs()).isEmpty();
    }

    @Test
    void stopIsLegalTwiceAndNothingReloadsAfterIt() {
        SluiceService service = rig.start("traces: rx | | ex");
        Future<?> first = service.stop();
        Future<?> second = service.stop();
        first.await();
        second.await();
        assertThat(lab.events.stream().filter("stop ex"::equals)).hasSize(rig.loops);
        assertThat(failure(service.reload(lab.config("traces: rx | | ex")))).hasMessage("the service is stopped");
    }

    @Test
    void reloadReplacesThePipelines() {
        SluiceService service = rig.start("traces: rx/old | | ex/old");
        service.reload(lab.config("traces: rx/new | px | ex/new")).await();
        assertThat(rig.steps())
                .containsExactly(
                        "start ex/old",
                        "start rx/old",
                        "stop rx/old",
                        "stop ex/old",
                        "start ex/new",
                        "start px",
                        "start rx/new");
        assertThat(lab.sources.getLast().put(Otlp.spans("a", 1)).await()).isEqualTo(Outcome.ACCEPTED);
        assertThat(lab.items("ex/new")).isEqualTo(1);
        assertThat(service.ready()).isTrue();
        assertThat(rig.vertx.deploymentIDs()).hasSize(1);
    }

    @Test
    void whatAComponentLeavesAtAReloadIsForThatWhichTakesItsPlace() {
        lab.onStop("px/kept", context -> {
            context.bequeath("state");
            return Future.succeededFuture();
        });
        List<Object> inherited = new CopyOnWriteArrayList<>();
        for (String id : List.of("px/kept", "px/other")) {
            lab.onStart(id, context -> {
                inherited.add(id + " " + context.inherited());
                return Future.succeededFuture();
            });
        }
        SluiceService service = rig.start("traces: rx | px/kept | ex");
        assertThat(inherited).containsOnly("px/kept null").hasSize(rig.loops);
        inherited.clear();
        service.reload(lab.config("traces: rx | px/kept, px/other | ex")).await();
        assertThat(inherited.stream().filter("px/kept state"::equals)).hasSize(1);
        assertThat(inherited.stream().filter("px/kept null"::equals)).hasSize(rig.loops - 1);
        assertThat(inherited.stream().filter("px/other null"::equals)).hasSize(rig.loops);
    }

    @Test
    void reloadToPipelinesThatCannotBeLeavesTheOldOnesAlone() {
        SluiceService service = rig.start("traces: rx | | ex");
        List<String> before = List.copyOf(lab.events);
        assertThat(failure(service.reload(lab.config("logs: rxt | | ex")))).isInstanceOf(ConfigException.class);
        assertThat(lab.events).isEqualTo(before);
        assertThat(service.ready()).isTrue();
        assertThat(lab.sources.getFirst().put(Otlp.spans("a", 1)).await()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void reloadThatDoesNotStartBringsTheOldConfigurationBack() {
        SluiceService service = rig.start("traces: rx/old | | ex/old");
        lab.onStart("rx/bad", context -> Future.failedFuture("no"));
        assertThat(failure(service.reload(lab.config("traces: rx/bad | | ex/new"))))
                .hasMessage("failed to start \"rx/bad\" receiver: no");
        assertThat(rig.steps()).endsWith("stop ex/new", "start ex/old", "start rx/old");
        assertThat(service.ready()).isTrue();
        assertThat(lab.sources.getLast().put(Otlp.spans("a", 1)).await()).isEqualTo(Outcome.ACCEPTED);
        assertThat(lab.items("ex/old")).isEqualTo(1);
    }

    @Test
    void whenNeitherStartsNothingRunsAndBothCausesAreTold() {
        SluiceService service = rig.start("traces: rx/old | | ex");
        lab.onStart("rx/bad", context -> Future.failedFuture("no"));
        lab.onStart("rx/old", context -> Future.failedFuture("not again"));
        Throwable cause = failure(service.reload(lab.config("traces: rx/bad | | ex")));
        assertThat(cause).hasMessage("failed to start \"rx/bad\" receiver: no");
        assertThat(cause.getSuppressed()[0]).hasMessage("failed to start \"rx/old\" receiver: not again");
        assertThat(service.running()).isFalse();
        assertThat(service.ready()).isFalse();
        assertThat(rig.vertx.deploymentIDs()).isEmpty();
    }

    private Throwable startFailure(String... lines) {
        return failure(SluiceService.start(rig.vertx, lab.config(lines), rig.options()));
    }

    private static Throwable failure(Future<?> future) {
        return future.transform(done -> Future.succeededFuture(done.cause())).await();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
