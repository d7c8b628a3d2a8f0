package dev.sluice.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.Boost;
import dev.sluice.api.ComponentId;
import dev.sluice.api.Extension;
import dev.sluice.api.Receiver;
import dev.sluice.api.Storage;
import dev.sluice.api.Timer;
import dev.sluice.engine.config.ConfigProblems;
import dev.sluice.engine.config.LoadedConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopContextTest {
    private final LoopsForTests loops = new LoopsForTests(2);
    private final LoadedConfig config = new Lab().config("extensions: zx, zx1", "traces: rx | | ex");
    private final GraphPlan plan = GraphPlan.of(config, new ConfigProblems(config.tree()));
    private final Fabric fabric = new Fabric(plan, loops.common(), 1 << 30, new Estate());

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void timersRunOnTheLoopAndStopWhenCancelled() {
        Thread loop = loops.on(0, Thread::currentThread);
        LoopContext context = context(0);
        List<Thread> ran = new ArrayList<>();
        Promise<Void> thrice = Promise.promise();
        loops.on(0, () -> {
            Timer[] periodic = new Timer[1];
            periodic[0] = context.every(Duration.ofMillis(1), () -> {
                ran.add(Thread.currentThread());
                if (ran.size() == 3) {
                    periodic[0].cancel();
                    periodic[0].cancel();
                    context.after(Duration.ofMillis(20), thrice::complete);
                }
            });
            return null;
        });
        thrice.future().await();
        assertThat(loops.on(0, () -> List.copyOf(ran))).containsExactly(loop, loop, loop);
    }

    @Test
    void closeCancelsTimersAndTakesNoNewOnes() {
        LoopContext context = context(0);
        List<String> ran = new ArrayList<>();
        Promise<Void> later = Promise.promise();
        loops.on(0, () -> {
            context.after(Duration.ofMillis(1), () -> ran.add("after"));
            context.every(Duration.ofMillis(1), () -> ran.add("every"));
            context.close();
            context.after(Duration.ofMillis(1), () -> ran.add("late"));
            return loops.vertx.setTimer(30, fired -> later.complete());
        });
        later.future().await();
        assertThat(loops.on(0, () -> List.copyOf(ran))).isEmpty();
    }

    @Test
    void blockingWorkRunsOnAVirtualThreadAndAnswersOnTheLoop() {
        Thread loop = loops.on(1, Thread::currentThread);
        LoopContext context = context(1);
        Promise<List<Thread>> threads = Promise.promise();
        loops.on(
                1,
                () -> context.blocking(Thread::currentThread)
                        .onSuccess(worker -> threads.complete(List.of(worker, Thread.currentThread()))));
        List<Thread> seen = threads.future().await();
        assertThat(seen.getFirst().isVirtual()).isTrue();
        assertThat(seen.getLast()).isSameAs(loop);
    }

    @Test
    void failureOfBlockingWorkIsTheFuturesFailure() {
        LoopContext context = context(0);
        Throwable cause = loops.loops
                .get(0)
                .call(() -> context.blocking(() -> {
                    throw new java.io.IOException("disk");
                }))
                .transform(done -> Future.succeededFuture(done.cause()))
                .await();
        assertThat(cause).hasMessage("disk");
    }

    @Test
    void closeInterruptsBlockingWork() {
        LoopContext context = context(0);
        CountDownLatch never = new CountDownLatch(1);
        Future<Throwable> answer = loops.loops.get(0).call(() -> {
            Future<Throwable> failed = context.blocking(() -> {
                        never.await();
                        return null;
                    })
                    .transform(done -> Future.succeededFuture(done.cause()));
            context.close();
            return failed;
        });
        assertThat(answer.await()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void extensionIsTheLoopsOwnOrElseTheOnlyOne() {
        for (int i = 0; i < 2; i++) {
            int loop = i;
            loops.on(loop, () -> ExtensionSet.build(plan, loops.loops.get(loop), fabric));
        }
        ComponentId own = ComponentId.parse("zx");
        ComponentId only = ComponentId.parse("zx1");
        assertThat(context(0).extension(own, Extension.class))
                .isNotSameAs(context(1).extension(own, Extension.class));
        assertThat(context(0).extension(only, Extension.class))
                .isSameAs(context(1).extension(only, Extension.class));
        assertThatThrownBy(() -> context(0).extension(own, Receiver.class))
                .hasMessage("extension \"zx\" is not a Receiver");
        assertThatThrownBy(() -> context(0).extension(ComponentId.parse("no"), Extension.class))
                .hasMessage("extension \"no\" is not configured in the service");
    }

    @Test
    void aDirectoryIsNamedAfterItsOwnerAndHeldUntilThatHasStopped() {
        Disk disk = new Disk();
        ComponentId id = ComponentId.parse("disk");
        fabric.publish(loops.loops.getFirst(), id, disk);
        LoopContext context = context(0);
        assertThat(loops.on(0, () -> context.storage(id)).await()).isEqualTo(Path.of("receiver_rx_"));
        assertThat(disk.open).containsExactly("receiver_rx_");
        loops.on(0, () -> {
            context.close();
            return null;
        });
        assertThat(disk.open).isEmpty();
        assertThat(loops.on(0, () -> context.storage(id)).await()).isEqualTo(Path.of("receiver_rx_"));
        assertThat(disk.open).as("held after the end").isEmpty();
    }

    @Test
    void thereIsNoDirectoryWithoutAStorage() {
        loops.on(0, () -> ExtensionSet.build(plan, loops.loops.getFirst(), fabric));
        assertThatThrownBy(() -> context(0).storage(ComponentId.parse("zx")).await())
                .hasMessage("extension \"zx\" is not a Storage");
        assertThatThrownBy(() -> context(0).storage(ComponentId.parse("no")).await())
                .hasMessage("extension \"no\" is not configured in the service");
    }

    @Test
    void fileNamesAreSafeAndNoTwoNodesHaveTheSame() {
        LoadedConfig named = new Lab().config("traces: rx/a:b | px/ü_1 | ex", "logs/x: rx/a:b | px/ü_1 | ex");
        assertThat(GraphPlan.of(named, new ConfigProblems(named.tree())).nodes().map(Node::fileName))
                .containsExactlyInAnyOrder(
                        "receiver_rx_a~003Ab",
                        "processor_px_~00FC_1_traces",
                        "processor_px_~00FC_1_logs~002Fx",
                        "exporter_ex_");
    }

    /** Directories that are only names. */
    private static final class Disk implements Extension, Storage {
        private final List<String> open = new CopyOnWriteArrayList<>();

        @Override
        public Directory open(String owner) {
            open.add(owner);
            return new Directory() {
                @Override
                public Path path() {
                    return Path.of(owner);
                }

                @Override
                public void close() {
                    open.remove(owner);
                }
            };
        }
    }

    @Test
    void boostsOfOneLoopAreKnownOnAllAndReplaceThoseOfTheSameComponent() {
        Boost first = new Boost("shop", List.of());
        Boost second = new Boost("cart", List.of());
        Boost others = new Boost("mail", List.of());
        LoopContext publisher = context("rx", 0);
        List<LoopContext> readers = List.of(context("ex", 0), context("ex", 1));
        assertThat(boosts(readers)).containsOnly(List.of());

        Thread answered = loops.loops
                .get(0)
                .call(() -> publisher.boosts().publish(List.of(first)).map(known -> Thread.currentThread()))
                .await();
        assertThat(answered).isSameAs(loops.on(0, Thread::currentThread));
        assertThat(boosts(readers)).containsOnly(List.of(first));

        loops.loops
                .get(1)
                .call(() -> readers.getLast().boosts().publish(List.of(others)).mapEmpty())
                .await();
        loops.loops
                .get(0)
                .call(() -> publisher.boosts().publish(List.of(second)).mapEmpty())
                .await();
        assertThat(boosts(readers)).containsOnly(List.of(second, others));
        assertThat(readers.getFirst().boosts().current())
                .isSameAs(readers.getFirst().boosts().current());
    }

    private List<List<Boost>> boosts(List<LoopContext> readers) {
        return List.of(
                loops.on(0, () -> readers.getFirst().boosts().current()),
                loops.on(1, () -> readers.getLast().boosts().current()));
    }

    @Test
    void systemClockTellsWallClockAndMonotonicTime() {
        assertThat(SystemClock.INSTANCE.epochNanos()).isGreaterThan(1_700_000_000_000_000_000L);
        long before = System.nanoTime();
        assertThat(SystemClock.INSTANCE.nanoTime() - before).isNotNegative();
    }

    private LoopContext context(int loop) {
        return context("rx", loop);
    }

    private LoopContext context(String type, int loop) {
        Node named = plan.nodes()
                .filter(node -> node.id().type().equals(type))
                .findFirst()
                .orElseThrow();
        return new LoopContext(named, loops.loops.get(loop), fabric);
    }
}
