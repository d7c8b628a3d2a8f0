package dev.sluice.exporters.file;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Exporter;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands batches to a {@link Destination} in the order they come. Writing blocks, so it is done off the loop, one piece of work at a
 * time; what comes meanwhile is the next piece. A batch is accepted when the operating system has its bytes: they survive the process.
 */
final class FileExporter implements Exporter {
    /** Enough to make a system call worth its while, little enough that the first sender need not wait long for the last. */
    private static final int GROUP_BYTES = 8 << 20;

    private final Destination destination;
    private final ComponentContext context;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean writing;
    private @Nullable Promise<Void> drained;

    FileExporter(Destination destination, ComponentContext context) {
        this.destination = destination;
        this.context = context;
    }

    @Override
    public Future<?> start() {
        return context.blocking(() -> {
            destination.open();
            return true;
        });
    }

    /** Writes what waits, then closes the files. */
    @Override
    public Future<?> stop() {
        if (drained == null) {
            drained = Promise.promise();
            if (!writing) {
                drained.complete();
            }
        }
        return drained.future()
                .compose(_ -> context.blocking(() -> {
                    destination.close();
                    return true;
                }));
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        if (drained != null) {
            return Future.succeededFuture(Destination.refused("the exporter has stopped"));
        }
        Promise<Outcome> answer = Promise.promise();
        waiting.add(new Waiting(batch, answer));
        if (!writing) {
            writeNext();
        }
        return answer.future();
    }

    private void writeNext() {
        List<Waiting> group = nextGroup();
        List<Telemetry> batches = group.stream().map(Waiting::batch).toList();
        writing = true;
        context.blocking(() -> destination.write(batches)).onComplete(done -> {
            writing = false;
            answer(group, done);
            // An answer may have brought the next batch, and that its own piece of work.
            if (!writing && !waiting.isEmpty()) {
                writeNext();
            } else if (!writing && drained != null) {
                drained.tryComplete();
            }
        });
    }

    private List<Waiting> nextGroup() {
        List<Waiting> group = new ArrayList<>();
        long bytes = 0;
        while (!waiting.isEmpty() && bytes < GROUP_BYTES) {
            Waiting next = waiting.poll();
            bytes += next.batch.wire().length();
            group.add(next);
        }
        return group;
    }

    private static void answer(List<Waiting> group, AsyncResult<List<Outcome>> done) {
        for (int i = 0; i < group.size(); i++) {
            if (done.succeeded()) {
                group.get(i).answer.complete(done.result().get(i));
            } else {
                group.get(i).answer.fail(done.cause());
            }
        }
    }

    private record Waiting(Telemetry batch, Promise<Outcome> answer) {}
}
