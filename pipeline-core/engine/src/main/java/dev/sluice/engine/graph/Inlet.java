package dev.sluice.engine.graph;

import dev.sluice.api.Meters;
import dev.sluice.api.Meters.Counter;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Accepted;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.otlp.Signal;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what a receiver puts into the pipelines of a signal, by transport, as the Collector does. One loop. */
final class Inlet implements TelemetryConsumer {
    private final TelemetryConsumer next;
    private final Meters meters;
    private final Signal signal;
    private final Map<String, Counts> byTransport = new HashMap<>();
    private @Nullable Counts last;

    Inlet(TelemetryConsumer next, Meters meters, Signal signal) {
        this.next = next;
        this.meters = meters;
        this.signal = signal;
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
        Counts counts = counts(batch.origin().transport());
        Future<Outcome> answer = next.consume(batch);
        if (!answer.isComplete()) {
            int items = batch.items();
            answer.onComplete((outcome, failure) -> counts.note(items, outcome));
        } else {
            counts.note(batch.items(), answer.succeeded() ? answer.result() : null);
        }
        return answer;
    }

    private Counts counts(String transport) {
        Counts known = last;
        if (known == null || !known.transport.equals(transport)) {
            known = byTransport.computeIfAbsent(transport, this::register);
            last = known;
        }
        return known;
    }

    private Counts register(String transport) {
        Map<String, String> labels = Map.of("transport", transport);
        String unit = switch (signal) {
            case TRACES -> "{span}";
            case METRICS -> "{datapoint}";
            case LOGS -> "{record}";
        };
        return new Counts(
                transport,
                meters.counter("receiver_accepted_" + signal.items(), unit, "Items that the pipelines took.", labels),
                meters.counter("receiver_refused_" + signal.items(), unit, "Items that the pipelines refused.", labels),
                meters.counter(
                        "receiver_failed_" + signal.items(), unit, "Items lost to errors inside Sluice.", labels));
    }

    private record Counts(String transport, Counter accepted, Counter refused, Counter failed) {
        void note(long items, @Nullable Outcome outcome) {
            if (outcome == null) {
                failed.add(items);
                return;
            }
            switch (outcome) {
                case Accepted part -> {
                    accepted.add(items - part.rejectedItems());
                    if (part.rejectedItems() > 0) {
                        refused.add(part.rejectedItems());
                    }
                }
                case Refused ignored -> refused.add(items);
            }
        }
    }
}
