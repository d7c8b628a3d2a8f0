package dev.sluice.engine.graph;

import dev.sluice.api.Boost;
import dev.sluice.api.Boosts;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The boosts as one loop knows them. Changes come as tasks of the loop, so that reading costs nothing; on that loop only. */
final class BoostBoard {
    private final Loop loop;
    private final Map<Node, List<Boost>> published = new LinkedHashMap<>();
    private List<Boost> current = List.of();

    BoostBoard(Loop loop) {
        this.loop = loop;
    }

    /** The board as a component on the loop sees it; {@code all} gives those of every loop, complete when the component starts. */
    Boosts of(Node node, Supplier<List<BoostBoard>> all) {
        return new Boosts() {
            @Override
            public List<Boost> current() {
                return current;
            }

            @Override
            public Future<?> publish(List<Boost> boosts) {
                List<Boost> copy = List.copyOf(boosts);
                Promise<Void> known = Promise.promise();
                Future.all(all.get().stream()
                                .map(board -> board.replace(node, copy))
                                .toList())
                        .onSuccess(everywhere -> loop.execute(known::complete));
                return known.future();
            }
        };
    }

    private Future<?> replace(Node publisher, List<Boost> boosts) {
        Promise<Void> done = Promise.promise();
        loop.execute(() -> {
            published.put(publisher, boosts);
            List<Boost> merged = new ArrayList<>();
            published.values().forEach(merged::addAll);
            current = List.copyOf(merged);
            done.complete();
        });
        return done.future();
    }
}
