package dev.sluice.transport.server;

import dev.sluice.testkit.TestContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** One event loop and the surroundings of a component on it. */
final class Loop implements AutoCloseable {
    private final Vertx vertx;
    private final Context context;
    private final TestContext surroundings;

    Loop() {
        this(Vertx.vertx(new VertxOptions().setEventLoopPoolSize(3)));
    }

    private Loop(Vertx vertx) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.surroundings = new TestContext("otlp", vertx);
    }

    /** Another loop of the same process, closed with this one. */
    Loop another() {
        return new Loop(vertx);
    }

    Vertx vertx() {
        return vertx;
    }

    TestContext surroundings() {
        return surroundings;
    }

    /** Does the work on the loop and waits for its end. */
    <T> T call(Callable<Future<T>> work) throws Exception {
        Promise<T> done = Promise.promise();
        context.runOnContext(_ -> {
            try {
                work.call().onComplete(done);
            } catch (Throwable e) {
                done.fail(e);
            }
        });
        return done.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    <T> T get(Callable<T> work) throws Exception {
        return call(() -> Future.succeededFuture(work.call()));
    }

    /** Lets the time pass, on the loop, where the timers belong. */
    void advance(Duration time) throws Exception {
        call(() -> {
            surroundings.manualClock().advance(time);
            return Future.succeededFuture();
        });
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
