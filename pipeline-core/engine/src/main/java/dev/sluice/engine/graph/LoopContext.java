package dev.sluice.engine.graph;

import dev.sluice.api.Admission;
import dev.sluice.api.Boosts;
import dev.sluice.api.Channel;
import dev.sluice.api.Clock;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentId;
import dev.sluice.api.Meters;
import dev.sluice.api.Outcome;
import dev.sluice.api.RuleReport;
import dev.sluice.api.ServiceInfo;
import dev.sluice.api.Storage;
import dev.sluice.api.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A component instance's surroundings, which leave nothing behind when they are closed. On one loop. */
final class LoopContext implements ComponentContext {
    private final ComponentId id;
    private final Node node;
    private final Loop loop;
    private final Fabric fabric;
    private final Admission admission;
    private final Boosts boosts;
    private final Meters meters;
    private final Logger log;
    private final Set<LoopTimer> timers = new HashSet<>();
    private final Set<Thread> workers = new HashSet<>();
    private final List<Storage.Directory> directories = new ArrayList<>();
    private boolean closed;

    LoopContext(Node node, Loop loop, Fabric fabric) {
        this.id = node.id();
        this.node = node;
        this.loop = loop;
        this.fabric = fabric;
        admission = fabric.admission(node);
        boosts = fabric.boosts(node, loop);
        meters = fabric.common().meters().of(node.kind().word(), id, java.util.Map.of());
        log = LoggerFactory.getLogger("sluice." + node.kind().word() + "." + id);
    }

    @Override
    public ComponentId id() {
        return id;
    }

    @Override
    public Vertx vertx() {
        return loop.vertx();
    }

    @Override
    public Logger log() {
        return log;
    }

    @Override
    public Meters meters() {
        return meters;
    }

    @Override
    public Clock clock() {
        return fabric.common().clock();
    }

    @Override
    public boolean first() {
        return loop.index() == 0;
    }

    @Override
    public Admission admission() {
        return admission;
    }

    @Override
    public Boosts boosts() {
        return boosts;
    }

    @Override
    @SuppressWarnings("unchecked") // a component sends through its channel what it takes from it
    public <M> Channel<M> channel(Function<M, Future<Outcome>> taker) {
        Exchange<M> exchange = (Exchange<M>) fabric.channel(node);
        if (exchange == null) {
            return Channel.direct(taker);
        }
        if (loop.index() > 0) {
            return Channel.to(exchange.from(loop));
        }
        exchange.bind(loop, taker);
        return Channel.direct(taker);
    }

    @Override
    public @Nullable Object inherited() {
        return first() ? fabric.inherited().of(node) : null;
    }

    @Override
    public void bequeath(Object estate) {
        if (first()) {
            fabric.left().leave(node, estate);
        }
    }

    @Override
    public void rules(Supplier<RuleReport> report) {
        if (first()) {
            fabric.reports().put(node.toString(), report);
        }
    }

    @Override
    public ServiceInfo service() {
        return fabric.common().service();
    }

    @Override
    public Timer every(Duration period, Runnable task) {
        return new LoopTimer(task, period).begin();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return new LoopTimer(task, null).begin(delay);
    }

    @Override
    public <T> Future<T> blocking(Callable<T> work) {
        Promise<T> promise = Promise.promise();
        Thread worker = Thread.ofVirtual().name("sluice-" + id).unstarted(() -> {
            T result;
            try {
                result = work.call();
            } catch (Throwable failure) {
                finish(Thread.currentThread(), () -> promise.fail(failure));
                return;
            }
            finish(Thread.currentThread(), () -> promise.complete(result));
        });
        workers.add(worker);
        worker.start();
        return promise.future();
    }

    @Override
    public Future<Path> storage(ComponentId extension) {
        Storage storage;
        try {
            storage = extension(extension, Storage.class);
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(e);
        }
        return blocking(() -> storage.open(node.fileName())).map(directory -> {
            directories.add(directory);
            if (closed) {
                release();
            }
            return directory.path();
        });
    }

    @Override
    public <E> E extension(ComponentId extension, Class<E> capability) {
        Object found = fabric.extension(extension, loop);
        if (found == null) {
            throw new IllegalArgumentException("extension \"" + extension + "\" is not configured in the service");
        }
        if (!capability.isInstance(found)) {
            throw new IllegalArgumentException(
                    "extension \"" + extension + "\" is not a " + capability.getSimpleName());
        }
        return capability.cast(found);
    }

    Loop loop() {
        return loop;
    }

    /** Cancels what still waits, interrupts what still works, and lets go of directories. */
    void close() {
        closed = true;
        for (LoopTimer timer : List.copyOf(timers)) {
            timer.cancel();
        }
        workers.forEach(Thread::interrupt);
        release();
    }

    private void release() {
        for (Storage.Directory directory : directories) {
            try {
                directory.close();
            } catch (IOException e) {
                log.warn("{} cannot be let go of: {}", directory.path(), e.getMessage());
            }
        }
        directories.clear();
    }

    private void finish(Thread worker, Runnable answer) {
        loop.execute(() -> {
            workers.remove(worker);
            answer.run();
        });
    }

    private final class LoopTimer implements Timer {
        private final Runnable task;
        private final @Nullable Duration period;
        private long vertxId = -1;

        private LoopTimer(Runnable task, @Nullable Duration period) {
            this.task = task;
            this.period = period;
        }

        private Timer begin() {
            return begin(java.util.Objects.requireNonNull(period));
        }

        private Timer begin(Duration delay) {
            if (!closed) {
                timers.add(this);
                long millis = millis(delay);
                vertxId = period == null
                        ? loop.vertx().setTimer(millis, fired -> fire())
                        : loop.vertx().setPeriodic(millis, fired -> task.run());
            }
            return this;
        }

        private void fire() {
            timers.remove(this);
            task.run();
        }

        @Override
        public void cancel() {
            if (timers.remove(this)) {
                loop.vertx().cancelTimer(vertxId);
            }
        }

        /** Rounded up: a timer may be late, never early. */
        private static long millis(Duration delay) {
            return Math.max(1, delay.plusNanos(999_999).toMillis());
        }
    }
}
