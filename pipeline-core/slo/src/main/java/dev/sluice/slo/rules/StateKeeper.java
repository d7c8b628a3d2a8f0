package dev.sluice.slo.rules;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Timer;
import dev.sluice.slo.series.SeriesStore;
import dev.sluice.slo.state.DamagedException;
import dev.sluice.slo.state.StateFile;
import dev.sluice.slo.state.StateWalk;
import dev.sluice.slo.state.StateWriter;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a set of rules knows in a file: every ten seconds, and at the end. The loop turns values to bytes for a little while at a time, and a piece goes to disk
 * before the next one is made, so that neither the loop is held up nor memory filled. The alerts of a group are those of one moment, and each series
 * is. On the loop of the rules.
 */
final class StateKeeper {
    private static final String FILE = "rules";
    private static final Duration PERIOD = Duration.ofSeconds(10);

    /** The loop is left to others after so long, or after so many bytes. */
    private static final long BUDGET = Duration.ofMillis(10).toNanos();

    private static final int PIECE = 512 * 1024;

    /** A fiftieth of the loop's time is enough. */
    private static final int REST = 50;

    private final RuleSet rules;
    private final SeriesStore store;
    private final StateFile file;
    private final ComponentContext context;
    private @Nullable Timer timer;
    private Future<?> saving = Future.succeededFuture();

    /** What a save has taken of the loop's time, in nanoseconds. */
    private long took;

    private boolean failing;
    private boolean stopped;

    StateKeeper(RuleSet rules, SeriesStore store, Path directory, ComponentContext context) {
        this.rules = rules;
        this.store = store;
        this.context = context;
        file = file(directory);
    }

    private static StateFile file(Path directory) {
        return new StateFile(directory.resolve(FILE));
    }

    /** What was kept in the directory; null if nothing was. Blocks. What is damaged is set aside, and nothing was kept then either. */
    static @Nullable RulesState read(Path directory, ComponentContext context) throws IOException {
        StateFile file = file(directory);
        try {
            return file.read(RulesState::read);
        } catch (DamagedException e) {
            context.log()
                    .warn(
                            "The rules begin anew: {} {}. It is kept as {}",
                            directory.resolve(FILE),
                            e.getMessage(),
                            file.setAside());
            return null;
        }
    }

    void start() {
        timer = context.after(PERIOD, this::save);
    }

    /** Saves a last time. Never fails. */
    Future<?> stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        return saving.transform(done -> write()).onFailure(this::warn).otherwiseEmpty();
    }

    private void save() {
        timer = null;
        saving = write();
        saving.onComplete(done -> {
            if (done.failed() && !failing) {
                warn(done.cause());
            } else if (done.succeeded() && failing) {
                context.log().info("What the rules know is saved again");
            }
            failing = done.failed();
            if (!stopped) {
                timer = context.after(longer(PERIOD, Duration.ofNanos(REST * took)), this::save);
            }
        });
    }

    private void warn(Throwable cause) {
        context.log().warn("What the rules know is not saved: {}", String.valueOf(cause));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private Future<?> write() {
        took = 0;
        store.rest(true);
        StateWalk walk = new StateWalk(RulesState.of(rules.groups(), store));
        return context.blocking(file::replace)
                .compose(replacement -> write(walk, new StateWriter(), replacement)
                        .recover(failure -> context.blocking(() -> {
                                    replacement.abandon();
                                    return true;
                                })
                                .compose(abandoned -> Future.failedFuture(failure))))
                .andThen(done -> store.rest(false));
    }

    private Future<Boolean> write(StateWalk walk, StateWriter out, StateFile.Replacement replacement) {
        long began = context.clock().nanoTime();
        while (walk.hasNext() && out.size() < PIECE && context.clock().nanoTime() - began < BUDGET) {
            walk.next(out);
        }
        took += context.clock().nanoTime() - began;
        boolean last = !walk.hasNext();
        byte[] piece = out.take();
        return context.blocking(() -> {
                    replacement.write(piece);
                    if (last) {
                        replacement.complete();
                    }
                    return last;
                })
                .compose(complete -> complete ? Future.succeededFuture(true) : write(walk, out, replacement));
    }
}
