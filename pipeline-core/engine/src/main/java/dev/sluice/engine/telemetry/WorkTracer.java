package dev.sluice.engine.telemetry;

import dev.sluice.api.ComponentId;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.vertx.core.Future;
import java.util.function.Function;

/**
 * Makes a span of a piece of Sluice's own work. The engine puts it around what receivers hand on and what exporters send, and leaves
 * it out where {@link SelfTelemetry#tracer} says there is none, so that work without spans costs nothing. Any thread.
 */
public final class WorkTracer {
    private final Tracer tracer;

    public WorkTracer(Tracer tracer) {
        this.tracer = tracer;
    }

    /** A span of the batch's way from a receiver through all that follows, named {@code receiver/otlp/TraceDataReceived}. */
    public Future<Outcome> received(ComponentId receiver, Telemetry batch, Function<Telemetry, Future<Outcome>> work) {
        String name = switch (batch) {
            case Telemetry.Traces _ -> "TraceDataReceived";
            case Telemetry.Metrics _ -> "MetricsReceived";
            case Telemetry.Logs _ -> "LogsReceived";
        };
        SpanBuilder span = tracer.spanBuilder("receiver/" + receiver + "/" + name)
                .setSpanKind(SpanKind.INTERNAL)
                .setAttribute("transport", batch.origin().transport());
        return around(span, "accepted_", "refused_", batch, work);
    }

    /** A span of one attempt to send, named {@code exporter/otlp_grpc/traces}. */
    public Future<Outcome> sent(ComponentId exporter, Telemetry batch, Function<Telemetry, Future<Outcome>> work) {
        SpanBuilder span = tracer.spanBuilder(
                        "exporter/" + exporter + "/" + batch.signal().key())
                .setSpanKind(SpanKind.CLIENT);
        return around(span, "sent_", "failed_", batch, work);
    }

    private static Future<Outcome> around(
            SpanBuilder builder,
            String taken,
            String refused,
            Telemetry batch,
            Function<Telemetry, Future<Outcome>> work) {
        // The current context of a loop belongs to whatever ran last, so every span begins a trace of its own.
        Span span = builder.setParent(Context.root()).startSpan();
        String items = batch.signal().items();
        AttributeKey<Long> takenItems = AttributeKey.longKey(taken + items);
        AttributeKey<Long> refusedItems = AttributeKey.longKey(refused + items);
        return work.apply(batch).onComplete(answer -> {
            long count = batch.items();
            if (answer.failed()) {
                span.recordException(answer.cause());
                span.setStatus(StatusCode.ERROR);
                span.setAttribute(refusedItems, count);
            } else {
                switch (answer.result()) {
                    case Outcome.Accepted accepted -> {
                        span.setAttribute(takenItems, count - accepted.rejectedItems());
                        span.setAttribute(refusedItems, accepted.rejectedItems());
                    }
                    case Outcome.Refused refusal -> {
                        span.setStatus(StatusCode.ERROR, refusal.message());
                        span.setAttribute(takenItems, 0);
                        span.setAttribute(refusedItems, count);
                    }
                }
            }
            span.end();
        });
    }
}
