package dev.sluice.api;

import io.vertx.core.Future;

/** A part of a running pipeline. Both methods are called on the loop that owns it. */
public interface Component {
    /** Ready to work when the future succeeds; a failure stops the service and names the component. */
    default Future<?> start() {
        return Future.succeededFuture();
    }

    /** Flushes and lets go of everything. Legal before {@link #start} and a second time. */
    default Future<?> stop() {
        return Future.succeededFuture();
    }
}
