package dev.sluice.exporters.file;

import dev.sluice.api.ComponentContext;
import dev.sluice.testkit.TestContext;
import io.vertx.core.Promise;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;

/** Blocking work that is done when the test says so. */
final class HeldWork {
    private final Deque<Runnable> work = new ArrayDeque<>();

    ComponentContext context(TestContext rest) {
        return (ComponentContext) Proxy.newProxyInstance(
                ComponentContext.class.getClassLoader(),
                new Class<?>[] {ComponentContext.class},
                (_, method, arguments) -> {
                    if (!method.getName().equals("blocking")) {
                        return method.invoke(rest, arguments);
                    }
                    Promise<Object> done = Promise.promise();
                    Callable<?> task = (Callable<?>) arguments[0];
                    work.add(() -> {
                        try {
                            done.complete(task.call());
                        } catch (Exception e) {
                            done.fail(e);
                        }
                    });
                    return done.future();
                });
    }

    void runNext() {
        work.remove().run();
    }

    void runAll() {
        while (!work.isEmpty()) {
            runNext();
        }
    }
}
