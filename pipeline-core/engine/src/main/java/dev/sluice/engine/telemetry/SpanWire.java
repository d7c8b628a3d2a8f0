package dev.sluice.engine.telemetry;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.WireWriter;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;

/** Writes the SDK's spans as an ExportTraceServiceRequest. */
final class SpanWire {
    /** The context is known to be of this or of another process, and so it is said which. */
    private static final int HAS_IS_REMOTE = 0x100;

    private static final int IS_REMOTE = 0x200;

    private SpanWire() {}

    static Bytes request(Collection<SpanData> spans) {
        return SdkWire.request(spans, SpanData::getResource, SpanData::getInstrumentationScopeInfo, SpanWire::span);
    }

    private static void span(WireWriter out, SpanData span) {
        SpanContext context = span.getSpanContext();
        out.fixed32(16, flags(context, span.getParentSpanContext()));
        status(out, span);
        dropped(out, 14, span.getTotalRecordedLinks() - span.getLinks().size());
        for (LinkData link : span.getLinks().reversed()) {
            link(out, link);
        }
        dropped(out, 12, span.getTotalRecordedEvents() - span.getEvents().size());
        for (EventData event : span.getEvents().reversed()) {
            event(out, event);
        }
        dropped(out, 10, span.getTotalAttributeCount() - span.getAttributes().size());
        SdkWire.attributes(out, 9, span.getAttributes());
        out.fixed64(8, span.getEndEpochNanos());
        out.fixed64(7, span.getStartEpochNanos());
        out.varint(
                6,
                switch (span.getKind()) {
                    case INTERNAL -> 1;
                    case SERVER -> 2;
                    case CLIENT -> 3;
                    case PRODUCER -> 4;
                    case CONSUMER -> 5;
                });
        out.string(5, span.getName());
        if (span.getParentSpanContext().isValid()) {
            out.bytes(4, span.getParentSpanContext().getSpanIdBytes());
        }
        SdkWire.text(out, 3, state(context.getTraceState()));
        out.bytes(2, context.getSpanIdBytes());
        out.bytes(1, context.getTraceIdBytes());
    }

    private static void status(WireWriter out, SpanData span) {
        int mark = out.mark();
        out.varint(
                3,
                switch (span.getStatus().getStatusCode()) {
                    case UNSET -> 0;
                    case OK -> 1;
                    case ERROR -> 2;
                });
        SdkWire.text(out, 2, span.getStatus().getDescription());
        out.message(15, mark);
    }

    private static void link(WireWriter out, LinkData link) {
        int mark = out.mark();
        SpanContext context = link.getSpanContext();
        out.fixed32(6, flags(context, context));
        dropped(out, 5, link.getTotalAttributeCount() - link.getAttributes().size());
        SdkWire.attributes(out, 4, link.getAttributes());
        SdkWire.text(out, 3, state(context.getTraceState()));
        out.bytes(2, context.getSpanIdBytes());
        out.bytes(1, context.getTraceIdBytes());
        out.message(13, mark);
    }

    private static void event(WireWriter out, EventData event) {
        int mark = out.mark();
        dropped(out, 4, event.getTotalAttributeCount() - event.getAttributes().size());
        SdkWire.attributes(out, 3, event.getAttributes());
        out.string(2, event.getName());
        out.fixed64(1, event.getEpochNanos());
        out.message(11, mark);
    }

    private static void dropped(WireWriter out, int field, int count) {
        if (count > 0) {
            out.varint(field, count);
        }
    }

    private static int flags(SpanContext context, SpanContext remote) {
        return (context.getTraceFlags().asByte() & 0xff) | HAS_IS_REMOTE | (remote.isRemote() ? IS_REMOTE : 0);
    }

    private static String state(TraceState state) {
        StringJoiner text = new StringJoiner(",");
        List.copyOf(state.asMap().entrySet()).forEach(entry -> text.add(entry.getKey() + "=" + entry.getValue()));
        return text.toString();
    }
}
