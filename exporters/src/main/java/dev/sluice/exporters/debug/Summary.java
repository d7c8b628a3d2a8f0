package dev.sluice.exporters.debug;

import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.WireReader;
import java.util.LinkedHashMap;
import java.util.Map;

/** The line of counts that stands before each batch: what the Collector prints, in its order. */
final class Summary {
    /** The field of the resources in a request, of the scopes in a resource, and of the metrics in a scope. */
    private static final int[] RESOURCES = {1};

    private static final int[] METRICS = {1, 2, 2};

    private Summary() {}

    static String title(Telemetry batch) {
        return switch (batch.signal()) {
            case TRACES -> "Traces";
            case METRICS -> "Metrics";
            case LOGS -> "Logs";
        };
    }

    static Map<String, Integer> counts(Telemetry batch) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        int resources = count(batch.wire(), RESOURCES);
        switch (batch.signal()) {
            case TRACES -> {
                counts.put("resource spans", resources);
                counts.put("spans", batch.items());
            }
            case METRICS -> {
                counts.put("resource metrics", resources);
                counts.put("metrics", count(batch.wire(), METRICS));
                counts.put("data points", batch.items());
            }
            case LOGS -> {
                counts.put("resource logs", resources);
                counts.put("log records", batch.items());
            }
        }
        return counts;
    }

    private static int count(Bytes wire, int[] path) {
        int count = 0;
        for (int i = 0; i < wire.sliceCount(); i++) {
            count += count(new WireReader(wire.sliceArray(i), wire.sliceOffset(i), wire.sliceLength(i)), path, 0);
        }
        return count;
    }

    private static int count(WireReader message, int[] path, int level) {
        int count = 0;
        while (message.next()) {
            if (message.field() == path[level] && message.isRange()) {
                count += level == path.length - 1 ? 1 : count(new WireReader().enter(message), path, level + 1);
            }
        }
        return count;
    }
}
