package dev.sluice.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A component's only door to the outside world, so that every component can be tested with a manual clock. One for each instance;
 * used on the loop that owns the instance, and tasks run there too.
 */
public interface ComponentContext {
    ComponentId id();

    /** For sockets and HTTP. Timers come from {@link #every} and {@link #after}, blocking work goes to {@link #blocking}. */
    Vertx vertx();

    Logger log();

    Meters meters();

    Clock clock();

    /** This instance is the one on the first loop, which says what is true of all and need be said once only. */
    default boolean first() {
        return true;
    }

    Admission admission();

    ServiceInfo service();

    /** Runs the task after each period until cancelled; what is left at stop the engine cancels. */
    Timer every(Duration period, Runnable task);

    Timer after(Duration delay, Runnable task);

    /** Runs the work on a virtual thread, the only way to block, and answers on this loop. */
    <T> Future<T> blocking(Callable<T> work);

    /** What samplers keep whole for now; whoever publishes some does so from its start on. */
    default Boosts boosts() {
        return Boosts.NONE;
    }

    /**
     * The way to the component's instance on the first loop. Called once, where the instance is made, by components whose factory
     * {@linkplain ComponentFactory#gathers() says so}.
     *
     * @param taker takes the messages, on the first loop only
     */
    default <M> Channel<M> channel(Function<M, Future<Outcome>> taker) {
        return Channel.direct(taker);
    }

    /**
     * What the component of the same kind, id and pipeline left when the configuration before was stopped; null if there was none, and on other loops
     * than the first. Since the configuration may be another one, so may the component's.
     */
    default @Nullable Object inherited() {
        return null;
    }

    /** While the component stops: leaves something to the one that takes its place, if the configuration is loaded anew. On the first loop. */
    default void bequeath(Object estate) {}

    /** Lets pages show the component's rules. The report is made on this loop, whenever somebody asks; called by the instance on the first loop. */
    default void rules(Supplier<RuleReport> report) {}

    /** Every exporter that the component's data can reach has a queue on disk: an answer from there survives a crash. */
    default boolean deliversDurably() {
        return false;
    }

    /**
     * A directory on disk that is the component's own until it has stopped, and the same after a restart. For one instance, such as the first loop's.
     * Fails if the extension is not there or gives no {@link Storage}, or if the directory cannot be had.
     */
    Future<Path> storage(ComponentId extension);

    /** A started extension. Throws {@link IllegalArgumentException} if there is none of the id, or it lacks the capability. */
    <E> E extension(ComponentId id, Class<E> capability);
}
