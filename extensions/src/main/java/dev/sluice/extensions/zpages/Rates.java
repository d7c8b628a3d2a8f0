package dev.sluice.extensions.zpages;

import dev.sluice.api.PipelineId;
import dev.sluice.api.ServiceInfo.Edge;
import dev.sluice.api.ServiceInfo.Pipeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How fast the counts of connections grow, over the last seconds. On one loop. */
final class Rates {
    private static final long WINDOW = Duration.ofSeconds(10).toNanos();
    /** Over less a rate is chance. */
    private static final long SHORTEST = Duration.ofMillis(500).toNanos();

    private final Deque<Reading> readings = new ArrayDeque<>();

    /** Takes the counts of this moment of the monotonic clock, unless the last ones are too young. */
    void read(List<Pipeline> pipelines, long nanoTime) {
        if (!readings.isEmpty() && nanoTime - readings.getLast().nanoTime < SHORTEST) {
            return;
        }
        Map<Key, Edge> edges = new HashMap<>();
        for (Pipeline pipeline : pipelines) {
            for (Edge edge : pipeline.edges()) {
                edges.put(
                        new Key(pipeline.id(), edge.from().toString(), edge.to().toString()), edge);
            }
        }
        readings.add(new Reading(nanoTime, edges));
        while (readings.size() > 2 && nanoTime - readings.getFirst().nanoTime > WINDOW) {
            readings.removeFirst();
        }
    }

    /** In each second, between the first and the last reading of the window; null while there are not two. */
    @Nullable
    Rate of(PipelineId pipeline, Edge edge) {
        if (readings.size() < 2) {
            return null;
        }
        Reading first = readings.getFirst();
        Reading last = readings.getLast();
        Key key = new Key(pipeline, edge.from().toString(), edge.to().toString());
        Edge before = first.edges.get(key);
        Edge now = last.edges.get(key);
        if (before == null || now == null) {
            return null;
        }
        double seconds = (last.nanoTime - first.nanoTime) / 1e9;
        return new Rate(
                seconds,
                (now.accepted() - before.accepted()) / seconds,
                (now.refused() - before.refused()) / seconds,
                (now.failed() - before.failed()) / seconds,
                (now.bytes() - before.bytes()) / seconds);
    }

    /**
     * Items and bytes in a second.
     *
     * @param seconds over which they were counted
     */
    record Rate(double seconds, double accepted, double refused, double failed, double bytes) {}

    private record Key(PipelineId pipeline, String from, String to) {}

    private record Reading(long nanoTime, Map<Key, Edge> edges) {}
}
