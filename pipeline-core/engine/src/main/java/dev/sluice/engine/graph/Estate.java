package dev.sluice.engine.graph;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the components of one configuration leave to those of the next one. Written by the first loop while it stops, read by the first loop of the
 * next configuration while that starts, which is never before the stop has been reported.
 */
public final class Estate {
    private final Map<String, Object> byNode = new HashMap<>();

    void leave(Node node, Object estate) {
        byNode.put(node.toString(), estate);
    }

    /** What the node of the same kind, id and pipeline left; null if there was none, or it left nothing. */
    @Nullable
    Object of(Node node) {
        return byNode.get(node.toString());
    }
}
