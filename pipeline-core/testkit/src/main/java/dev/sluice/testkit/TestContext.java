package dev.sluice.testkit;

import dev.sluice.api.Admission;
import dev.sluice.api.Boosts;
import dev.sluice.api.Channel;
import dev.sluice.api.Clock;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentId;
import dev.sluice.api.Outcome;
import dev.sluice.api.RuleReport;
import dev.sluice.api.ServiceInfo;
import dev.sluice.api.Storage;
import dev.sluice.api.Timer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A component's surroundings in a test: a {@link ManualClock}, meters to read, blocking work done on the spot. Without a
 * {@link Vertx} it is for components that need no socket.
 */
public final class TestContext implements ComponentContext {
    private final ComponentId id;
    private final @Nullable Vertx vertx;
    private final ManualClock clock;
    private final RecordingMeters meters = new RecordingMeters();
    private final Map<ComponentId, Object> extensions = new HashMap<>();
    private Admission admission = Admission.UNBOUNDED;
    private ServiceInfo service = new TestServiceInfo();
    private Boosts boosts = Boosts.NONE;
    private boolean deliversDurably;
    /** That of the instance on the first loop, if this one's is on another. */
    private final @Nullable TestContext first;

    private @Nullable Function<Object, Future<Outcome>> taker;
    private boolean refuses;
    private @Nullable Object inherited;
    private @Nullable Object left;
    private @Nullable Supplier<RuleReport> rules;

    public TestContext(String id) {
        this(id, null);
    }

    public TestContext(String id, @Nullable Vertx vertx) {
        this(ComponentId.parse(id), vertx, new ManualClock(), null);
    }

    private TestContext(ComponentId id, @Nullable Vertx vertx, ManualClock clock, @Nullable TestContext first) {
        this.id = id;
        this.vertx = vertx;
        this.clock = clock;
        this.first = first;
    }

    /** The surroundings of the same component's instance on another loop; the clock is the same. */
    public TestContext onAnotherLoop() {
        return new TestContext(id, vertx, clock, this);
    }

    /** From now on the first loop takes no more messages of this instance. */
    public TestContext refusing() {
        refuses = true;
        return this;
    }

    /** The surroundings of the component that takes this one's place after a reload; the clock is the same. */
    public TestContext afterReload() {
        TestContext next = new TestContext(id, vertx, clock, null);
        next.inherited = left;
        return next;
    }

    /** The surroundings of the component in a process that is started so long after this one was killed. Extensions are the same, timers are gone. */
    public TestContext afterCrash(Duration down) {
        ManualClock later = new ManualClock(clock.epochNanos() + down.toNanos());
        TestContext next = new TestContext(id, vertx, later, null);
        next.extensions.putAll(extensions);
        return next;
    }

    public TestContext admission(Admission value) {
        admission = value;
        return this;
    }

    public TestContext service(ServiceInfo value) {
        service = value;
        return this;
    }

    public TestContext boosts(Boosts value) {
        boosts = value;
        return this;
    }

    public TestContext deliversDurably(boolean value) {
        deliversDurably = value;
        return this;
    }

    public TestContext extension(String extension, Object value) {
        extensions.put(ComponentId.parse(extension), value);
        return this;
    }

    public ManualClock manualClock() {
        return clock;
    }

    @Override
    public ComponentId id() {
        return id;
    }

    @Override
    public Vertx vertx() {
        if (vertx == null) {
            throw new IllegalStateException("this test context has no Vertx");
        }
        return vertx;
    }

    @Override
    public Logger log() {
        return LoggerFactory.getLogger("test." + id);
    }

    @Override
    public RecordingMeters meters() {
        return meters;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public boolean first() {
        return first == null;
    }

    @Override
    public Admission admission() {
        return admission;
    }

    @Override
    @SuppressWarnings("unchecked") // a component sends through its channel what it takes from it
    public <M> Channel<M> channel(Function<M, Future<Outcome>> taking) {
        TestContext owner = first;
        if (owner == null) {
            taker = (Function<Object, Future<Outcome>>) (Function<?, ?>) taking;
            return Channel.direct(taking);
        }
        return Channel.to(message -> refuses
                ? Future.succeededFuture(Outcome.retryable(Outcome.Reason.OVERLOADED, "full", Duration.ofSeconds(1)))
                : Objects.requireNonNull(owner.taker).apply(message));
    }

    @Override
    public @Nullable Object inherited() {
        return inherited;
    }

    @Override
    public void bequeath(Object estate) {
        left = estate;
    }

    @Override
    public void rules(Supplier<RuleReport> report) {
        rules = report;
    }

    /** What the component tells of its rules now. */
    public RuleReport ruleReport() {
        return Objects.requireNonNull(rules, "it tells of none").get();
    }

    @Override
    public ServiceInfo service() {
        return service;
    }

    @Override
    public Boosts boosts() {
        return boosts;
    }

    @Override
    public boolean deliversDurably() {
        return deliversDurably;
    }

    @Override
    public Timer every(Duration period, Runnable task) {
        return clock.every(period, task);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return clock.after(delay, task);
    }

    @Override
    public <T> Future<T> blocking(Callable<T> work) {
        try {
            return Future.succeededFuture(work.call());
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    /** The directory is the test's to close. */
    @Override
    public Future<Path> storage(ComponentId extension) {
        return blocking(() -> extension(extension, Storage.class)
                .open(id.toString().replace('/', '_'))
                .path());
    }

    @Override
    public <E> E extension(ComponentId extension, Class<E> capability) {
        Object found = extensions.get(extension);
        if (!capability.isInstance(found)) {
            throw new IllegalArgumentException(
                    "no extension " + extension + " that is a " + capability.getSimpleName());
        }
        return capability.cast(found);
    }
}
