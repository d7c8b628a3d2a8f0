package dev.sluice.processors.probabilisticsampler;

import dev.sluice.api.Boost;
import dev.sluice.api.Boosts;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.Outcome;
import dev.sluice.api.Processor;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import io.vertx.core.Future;
import java.util.List;

/** Passes on what the sampler of the signal keeps. A batch of which nothing is left counts as accepted. */
final class ProbabilisticSamplerProcessor implements Processor {
    private final TelemetryConsumer next;
    private final Boosts boosts;
    /** Those that the samplers know. */
    private List<Boost> known = List.of();

    private final Decisions spanDecisions;
    private final Decisions recordDecisions;
    private final Sampler spans;
    private final Sampler records;

    ProbabilisticSamplerProcessor(ProbabilisticSamplerConfig config, TelemetryConsumer next, ComponentContext context) {
        this.next = next;
        this.boosts = context.boosts();
        this.spanDecisions = new Decisions(Signal.TRACES, config.fromAttribute(), context.meters());
        this.recordDecisions = new Decisions(Signal.LOGS, config.fromAttribute(), context.meters());
        this.spans = new Sampler(Signal.TRACES, new SpanItem(), config, spanDecisions, context.log());
        this.records = new Sampler(Signal.LOGS, new RecordItem(config), config, recordDecisions, context.log());
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same list says that nothing changed
    public Future<Outcome> consume(Telemetry batch) {
        List<Boost> current = boosts.current();
        if (current != known) {
            known = current;
            spans.boost(current);
            records.boost(current);
        }
        return switch (batch.signal()) {
            case TRACES -> consume(batch, spans, spanDecisions);
            case LOGS -> consume(batch, records, recordDecisions);
            case METRICS -> throw new IllegalArgumentException("the sampler takes no metrics");
        };
    }

    @SuppressWarnings("ReferenceEquality") // the same object says that nothing changed
    private Future<Outcome> consume(Telemetry batch, Sampler sampler, Decisions decisions) {
        Bytes kept = sampler.sample(batch.wire());
        int items = decisions.flush();
        if (items == 0) {
            return Outcome.accepted();
        }
        return next.consume(kept == batch.wire() ? batch : batch.with(kept, items));
    }
}
