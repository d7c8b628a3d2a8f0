package dev.sluice.engine.graph;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** One event loop that runs a graph. Any thread. */
public final class Loop implements Executor {
    private final int index;
    private final Context context;
    private final Thread thread;

    private Loop(int index, Context context, Thread thread) {
        this.index = index;
        this.context = context;
        this.thread = thread;
    }

    /** The loop that calls; {@code index} counts from 0. */
    public static Loop current(int index, Context context) {
        return new Loop(index, context, Thread.currentThread());
    }

    public int index() {
        return index;
    }

    Vertx vertx() {
        return context.owner();
    }

    /** Whether the caller runs on this loop. */
    boolean inside() {
        return Thread.currentThread() == thread;
    }

    /** Runs the task here: at once if the caller is on this loop, else as soon as the loop comes to it. */
    @Override
    public void execute(Runnable task) {
        if (inside()) {
            task.run();
        } else {
            context.runOnContext(ignored -> task.run());
        }
    }

    /** Runs the task here, never before the caller has returned. */
    void later(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }

    /** The future's answer, or a {@link TimeoutException} if there is none in time. Call it here. */
    <T> Future<T> within(Duration limit, Future<T> work) {
        if (work.isComplete()) {
            return work;
        }
        Promise<T> promise = Promise.promise();
        long timer = vertx().setTimer(
                        Math.max(1, limit.toMillis()),
                        fired -> promise.tryFail(new TimeoutException("not done within " + limit.toMillis() + "ms")));
        work.onComplete((result, failure) -> {
            vertx().cancelTimer(timer);
            if (failure == null) {
                promise.tryComplete(result);
            } else {
                promise.tryFail(failure);
            }
        });
        return promise.future();
    }

    /** Does the work here and answers with its result on any thread; what it throws fails the future. */
    public <T> Future<T> call(Supplier<Future<T>> work) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(ignored -> {
            try {
                work.get().onComplete(promise);
            } catch (RuntimeException e) {
                promise.fail(e);
            }
        });
        return promise.future();
    }
}
