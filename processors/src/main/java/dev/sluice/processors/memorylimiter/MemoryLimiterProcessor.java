package dev.sluice.processors.memorylimiter;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Meters.Counter;
import dev.sluice.api.Outcome;
import dev.sluice.api.Processor;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.otlp.Signal;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.Map;

/**
 * Marks the place of the limiter in a pipeline and counts what passes. The limit itself holds where data comes in: the engine gives
 * it to the receivers before this processor, which refuse a request before they read it rather than after.
 */
final class MemoryLimiterProcessor implements Processor {
    private final TelemetryConsumer next;
    private final Map<Signal, Counter> accepted = new EnumMap<>(Signal.class);

    MemoryLimiterProcessor(TelemetryConsumer next, ComponentContext context) {
        this.next = next;
        for (Signal signal : Signal.values()) {
            accepted.put(
                    signal,
                    context.meters()
                            .counter(
                                    "processor_memory_limiter_accepted_" + signal.items(),
                                    unit(signal),
                                    "Number of " + signal.items().replace('_', ' ')
                                            + " passed on to the next component in the pipeline.",
                                    Map.of()));
        }
    }

    @Override
    @SuppressWarnings("NullAway") // there is a counter for every signal
    public Future<Outcome> consume(Telemetry batch) {
        accepted.get(batch.signal()).add(batch.items());
        return next.consume(batch);
    }

    private static String unit(Signal signal) {
        return switch (signal) {
            case TRACES -> "{span}";
            case METRICS -> "{datapoint}";
            case LOGS -> "{record}";
        };
    }
}
