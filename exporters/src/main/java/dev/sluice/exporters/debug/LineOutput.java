package dev.sluice.exporters.debug;

import io.vertx.core.Future;
import java.util.Map;

/** Where lines go. Used on one loop. */
interface LineOutput {
    /** Done when the line, with the numbers that belong to it, has been written after all lines before it. */
    Future<?> write(String message, Map<String, Integer> fields);

    default Future<?> open() {
        return Future.succeededFuture();
    }

    default Future<?> close() {
        return Future.succeededFuture();
    }
}
