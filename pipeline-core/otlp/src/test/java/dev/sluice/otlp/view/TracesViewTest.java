package dev.sluice.otlp.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Requests;
import dev.sluice.otlp.Signal;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class TracesViewTest extends AsGenerated {
    @Test
    void spansReadAsTheGeneratedClassesReadThem() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Bytes rope = rope(Signal.TRACES, seed);
            TracesView view = new TracesView(rope);
            for (List<Message> row : Requests.rows(Requests.parse(Signal.TRACES, rope))) {
                assertThat(view.next()).isTrue();
                ResourceSpans resource = (ResourceSpans) row.get(0);
                ScopeSpans scope = (ScopeSpans) row.get(1);
                assertResource(view.resource(), resource.getResource(), resource.getSchemaUrl());
                assertScope(view.scope(), scope.getScope(), scope.getSchemaUrl());
                assertSpan(view.span(), (Span) row.get(2));
            }
            assertThat(view.next()).isFalse();
            assertThat(view.resourceNumber()).isEqualTo(3);
            assertThat(view.scopeNumber()).isEqualTo(5);
        }
    }

    private static void assertSpan(SpanView view, Span span) {
        assertThat(view.traceId()).isEqualTo(hex(span.getTraceId()));
        assertThat(view.traceIdHigh()).isEqualTo(bits(span.getTraceId(), 0));
        assertThat(view.traceIdLow()).isEqualTo(bits(span.getTraceId(), 8));
        assertThat(range(view.array(), view.traceIdStart(), view.traceIdLength()))
                .isEqualTo(span.getTraceId());
        assertThat(view.spanId()).isEqualTo(hex(span.getSpanId()));
        assertThat(view.spanIdBits()).isEqualTo(bits(span.getSpanId(), 0));
        assertThat(view.parentSpanId()).isEqualTo(hex(span.getParentSpanId()));
        assertThat(view.parentSpanIdBits()).isEqualTo(bits(span.getParentSpanId(), 0));
        assertThat(view.traceState()).isEqualTo(span.getTraceState());
        assertThat(range(view.array(), view.traceStateStart(), view.traceStateLength()))
                .isEqualTo(span.getTraceStateBytes());
        assertThat(view.flags()).isEqualTo(span.getFlags());
        assertThat(view.name()).isEqualTo(span.getName());
        assertThat(range(view.array(), view.nameStart(), view.nameLength())).isEqualTo(span.getNameBytes());
        assertThat(view.kind()).isEqualTo(span.getKindValue());
        assertThat(view.startTime()).isEqualTo(span.getStartTimeUnixNano());
        assertThat(view.endTime()).isEqualTo(span.getEndTimeUnixNano());
        assertAttributes(view.attributes(), span.getAttributesList());
        assertThat(view.droppedAttributesCount()).isEqualTo(span.getDroppedAttributesCount());
        EventsView events = view.events();
        for (Span.Event event : span.getEventsList()) {
            assertThat(events.next()).isTrue();
            assertThat(events.time()).isEqualTo(event.getTimeUnixNano());
            assertThat(events.name()).isEqualTo(event.getName());
            assertAttributes(events.attributes(), event.getAttributesList());
            assertThat(events.droppedAttributesCount()).isEqualTo(event.getDroppedAttributesCount());
            assertThat(range(events.array(), events.start(), events.end() - events.start()))
                    .isEqualTo(event.toByteString());
        }
        assertThat(events.next()).isFalse();
        assertThat(view.droppedEventsCount()).isEqualTo(span.getDroppedEventsCount());
        LinksView links = view.links();
        for (Span.Link link : span.getLinksList()) {
            assertThat(links.next()).isTrue();
            assertThat(links.traceId()).isEqualTo(hex(link.getTraceId()));
            assertThat(links.traceIdHigh()).isEqualTo(bits(link.getTraceId(), 0));
            assertThat(links.traceIdLow()).isEqualTo(bits(link.getTraceId(), 8));
            assertThat(links.spanId()).isEqualTo(hex(link.getSpanId()));
            assertThat(links.spanIdBits()).isEqualTo(bits(link.getSpanId(), 0));
            assertThat(links.traceState()).isEqualTo(link.getTraceState());
            assertAttributes(links.attributes(), link.getAttributesList());
            assertThat(links.droppedAttributesCount()).isEqualTo(link.getDroppedAttributesCount());
            assertThat(links.flags()).isEqualTo(link.getFlags());
            assertThat(range(links.array(), links.start(), links.end() - links.start()))
                    .isEqualTo(link.toByteString());
        }
        assertThat(links.next()).isFalse();
        assertThat(view.droppedLinksCount()).isEqualTo(span.getDroppedLinksCount());
        assertThat(view.statusCode()).isEqualTo(span.getStatus().getCodeValue());
        assertThat(view.statusMessage()).isEqualTo(span.getStatus().getMessage());
        assertThat(range(view.array(), view.start(), view.end() - view.start())).isEqualTo(span.toByteString());
    }
}
