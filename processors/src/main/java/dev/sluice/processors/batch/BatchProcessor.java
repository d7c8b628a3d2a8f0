package dev.sluice.processors.batch;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Processor;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends every batch to the accumulator of its metadata values: there is one if no metadata keys are configured, else one for each
 * combination of values that has been seen.
 */
final class BatchProcessor implements Processor {
    private static final Future<Outcome> TOO_MANY =
            Future.succeededFuture(Outcome.permanent(Reason.INVALID, "too many batcher metadata-value combinations"));

    private final BatchProcessorConfig config;
    private final TelemetryConsumer next;
    private final ComponentContext context;
    private final BatchMeters meters;
    /** In lower case, as request metadata is. */
    private final String[] keys;

    private final Map<List<@Nullable String>, Accumulator> accumulators = new LinkedHashMap<>();

    BatchProcessor(BatchProcessorConfig config, TelemetryConsumer next, ComponentContext context) {
        this.config = config;
        this.next = next;
        this.context = context;
        this.meters = new BatchMeters(context.meters());
        this.keys = config.metadataKeys().stream()
                .map(key -> key.toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
        if (keys.length == 0) {
            accumulators.put(List.of(), accumulator(Origin.INTERNAL));
        }
        meters.cardinality(accumulators.size());
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        if (batch.items() == 0) {
            return Outcome.accepted();
        }
        // Absent and empty are two values: an absent one is null.
        @Nullable String[] values = new @Nullable String[keys.length];
        for (int i = 0; i < keys.length; i++) {
            values[i] = batch.origin().metadata().get(keys[i]);
        }
        List<@Nullable String> combination = Arrays.asList(values);
        Accumulator accumulator = accumulators.get(combination);
        if (accumulator == null) {
            int limit = config.metadataCardinalityLimit();
            if (limit > 0 && accumulators.size() >= limit) {
                return TOO_MANY;
            }
            accumulator = accumulator(origin(combination));
            accumulators.put(combination, accumulator);
            meters.cardinality(accumulators.size());
        }
        return accumulator.add(batch);
    }

    /** Sends what has gathered and waits until all of it is answered. */
    @Override
    public Future<?> stop() {
        List<Future<?>> drains = new ArrayList<>();
        for (Accumulator accumulator : accumulators.values()) {
            drains.add(accumulator.drain());
        }
        return Future.join(drains);
    }

    private Accumulator accumulator(Origin origin) {
        return new Accumulator(config, next, context, meters, origin);
    }

    /** A merged batch has the metadata that all its parts have in common, as far as it is known. */
    private Origin origin(List<@Nullable String> values) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int i = 0; i < keys.length; i++) {
            String value = values.get(i);
            if (value != null) {
                metadata.put(keys[i], value);
            }
        }
        return new Origin(Origin.INTERNAL.transport(), Origin.INTERNAL.peer(), metadata);
    }
}
