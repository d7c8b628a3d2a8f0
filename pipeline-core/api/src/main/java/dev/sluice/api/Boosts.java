package dev.sluice.api;

import io.vertx.core.Future;
import java.util.List;

/** What samplers keep whole for now, as one component sees it on its own loop. */
public interface Boosts {
    /** Where nobody asks for any. */
    Boosts NONE = new Boosts() {
        @Override
        public List<Boost> current() {
            return List.of();
        }

        @Override
        public Future<?> publish(List<Boost> boosts) {
            return Future.succeededFuture();
        }
    };

    /** Those of all components, almost always none. Immutable, and the same object until something changes. */
    List<Boost> current();

    /** Puts these in place of what the caller published before, on every loop; the future succeeds when all know of it. */
    Future<?> publish(List<Boost> boosts);
}
