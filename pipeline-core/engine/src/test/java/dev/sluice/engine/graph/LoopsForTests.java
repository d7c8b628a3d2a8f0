package dev.sluice.engine.graph;

import dev.sluice.api.ServiceInfo;
import dev.sluice.testkit.TestServiceInfo;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;

/** Real event loops, each with a thread of its own. */
final class LoopsForTests implements AutoCloseable {
    final Vertx vertx;
    final List<Loop> loops = new ArrayList<>();

    LoopsForTests(int count) {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(count));
        for (int i = 0; i < count; i++) {
            int index = i;
            Context context = ((VertxInternal) vertx).createEventLoopContext();
            Promise<Loop> loop = Promise.promise();
            context.runOnContext(started -> loop.complete(Loop.current(index, context)));
            loops.add(loop.future().await());
        }
    }

    Common common() {
        ServiceInfo service = new TestServiceInfo();
        return new Common(loops.size(), new LabMeters(), SystemClock.INSTANCE, service, null);
    }

    /** Runs something on a loop and waits for it. */
    <T> T on(int loop, java.util.function.Supplier<T> work) {
        return loops.get(loop).call(() -> Future.succeededFuture(work.get())).await();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
