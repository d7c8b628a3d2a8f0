package dev.sluice.testkit;

import dev.sluice.api.Boost;
import dev.sluice.api.Boosts;
import io.vertx.core.Future;
import java.util.List;

/** Boosts that a component publishes, or that a test sets for one that reads them. */
public final class TestBoosts implements Boosts {
    private List<Boost> current = List.of();

    @Override
    public List<Boost> current() {
        return current;
    }

    @Override
    public Future<?> publish(List<Boost> boosts) {
        current = List.copyOf(boosts);
        return Future.succeededFuture();
    }
}
