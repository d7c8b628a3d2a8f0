package dev.sluice.testkit;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One event loop and the surroundings of a component on it. */
public final class Loop implements AutoCloseable {
    private final Vertx vertx;
    private final Context context;
    private final TestContext surroundings;

    /** @param id of the component */
    public Loop(String id) {
        this(id, Vertx.vertx(new VertxOptions().setEventLoopPoolSize(3)));
    }

    private Loop(String id, Vertx vertx) {
        this.vertx = vertx;
        // Not getOrCreateContext(), which gives a thread of a test the same one each time.
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.surroundings = new TestContext(id, vertx);
    }

    /** Another loop of the same process; it ends when this one is closed. */
    public Loop another() {
        return new Loop(surroundings.id().toString(), vertx);
    }

    public Vertx vertx() {
        return vertx;
    }

    public TestContext surroundings() {
        return surroundings;
    }

    /** Does the work on the loop; the future ends with its. */
    public <T> Future<T> start(Callable<? extends Future<? extends T>> work) {
        Promise<T> done = Promise.promise();
        context.runOnContext(_ -> {
            try {
                work.call().onComplete(value -> done.complete(value), done::fail);
            } catch (Throwable e) {
                done.fail(e);
            }
        });
        return done.future();
    }

    /** Does the work on the loop and waits for its end. */
    public <T> T call(Callable<? extends Future<? extends T>> work) {
        return await(this.<T>start(work));
    }

    /** Does the work, which does not wait, on the loop. */
    public <T> T get(Callable<T> work) {
        return this.<T>call(() -> Future.succeededFuture(work.call()));
    }

    /** Lets the time pass, on the loop, where the timers belong. */
    public void advance(Duration time) {
        get(() -> {
            surroundings.manualClock().advance(time);
            return null;
        });
    }

    /** Waits for it, though not for ever. */
    public static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing happened in 20 s", e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
