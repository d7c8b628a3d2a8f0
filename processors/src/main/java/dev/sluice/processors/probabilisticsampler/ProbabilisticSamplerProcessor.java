package dev.sluice.processors.probabilisticsampler;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Outcome;
import dev.sluice.api.Processor;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import io.vertx.core.Future;

/** Passes on what the sampler of the signal keeps. A batch of which nothing is left counts as accepted. */
final class ProbabilisticSamplerProcessor implements Processor {
    private final TelemetryConsumer next;
    private final Decisions spanDecisions;
    private final Decisions recordDecisions;
    private final Sampler spans;
    private final Sampler records;

    ProbabilisticSamplerProcessor(ProbabilisticSamplerConfig config, TelemetryConsumer next, ComponentContext context) {
        this.next = next;
        this.spanDecisions = new Decisions(Signal.TRACES, config.fromAttribute(), context.meters());
        this.recordDecisions = new Decisions(Signal.LOGS, config.fromAttribute(), context.meters());
        this.spans = new Sampler(Signal.TRACES, new SpanItem(), config, spanDecisions, context.log());
        this.records = new Sampler(Signal.LOGS, new RecordItem(config), config, recordDecisions, context.log());
    }

    @Override
    public Future<Outcome> consume(Telemetry batch) {
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
