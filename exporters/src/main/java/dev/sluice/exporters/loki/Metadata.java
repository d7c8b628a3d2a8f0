package dev.sluice.exporters.loki;

import dev.sluice.exporters.loki.AttributePath.Owner;
import dev.sluice.otlp.WireAppender;
import dev.sluice.otlp.view.AnyValueView;
import dev.sluice.otlp.view.AttributesView;
import dev.sluice.otlp.view.LogRecordView;
import dev.sluice.otlp.view.ScopeView;
import dev.sluice.otlp.view.SpanView;
import java.nio.charset.StandardCharsets;

/** Structured metadata of entries, by the names that Loki's OTLP endpoint gives them. Empty values are left out. */
final class Metadata {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int ID = 32;
    private static final int SHORT_ID = 16;

    private static final byte[] TRACE_ID = Pairs.head("trace_id");
    private static final byte[] SPAN_ID = Pairs.head("span_id");
    private static final byte[] PARENT_SPAN_ID = Pairs.head("parent_span_id");
    private static final byte[] SEVERITY_TEXT = Pairs.head("severity_text");
    private static final byte[] SEVERITY_NUMBER = Pairs.head("severity_number");
    private static final byte[] EVENT_NAME = Pairs.head("event_name");
    private static final byte[] SCOPE_NAME = Pairs.head("scope_name");
    private static final byte[] SCOPE_VERSION = Pairs.head("scope_version");

    private final StreamLabels labels;
    private final Pairs pairs = new Pairs();
    private final byte[] id = new byte[ID];

    Metadata(StreamLabels labels) {
        this.labels = labels;
    }

    void of(LogRecordView item, WireAppender out) {
        trace(item.traceIdHigh(), item.traceIdLow(), out);
        span(SPAN_ID, item.spanIdBits(), out);
        text(SEVERITY_TEXT, item.severityText(), out);
        if (item.severityNumber() != 0) {
            Pairs.write(SEVERITY_NUMBER, Integer.toString(item.severityNumber()), out);
        }
        text(EVENT_NAME, item.eventName(), out);
    }

    void of(SpanView item, WireAppender out) {
        trace(item.traceIdHigh(), item.traceIdLow(), out);
        span(SPAN_ID, item.spanIdBits(), out);
        span(PARENT_SPAN_ID, item.parentSpanIdBits(), out);
    }

    void of(ScopeView scope, WireAppender out) {
        text(SCOPE_NAME, scope.name(), out);
        text(SCOPE_VERSION, scope.version(), out);
        attributes(Owner.SCOPE, scope.attributes(), out);
    }

    /** All that are no labels. */
    void attributes(Owner owner, AttributesView attributes, WireAppender out) {
        attributes.rewind();
        for (int place = 0; attributes.next(); place++) {
            if (attributes.value().kind() != AnyValueView.Kind.EMPTY && !labels.holds(owner, attributes)) {
                pairs.write(attributes, place, out);
            }
        }
    }

    private void trace(long high, long low, WireAppender out) {
        if ((high | low) != 0) {
            hex(high, 0);
            hex(low, SHORT_ID);
            Pairs.write(TRACE_ID, id, 0, ID, out);
        }
    }

    private void span(byte[] head, long bits, WireAppender out) {
        if (bits != 0) {
            hex(bits, 0);
            Pairs.write(head, id, 0, SHORT_ID, out);
        }
    }

    private void hex(long bits, int from) {
        for (int i = 0; i < SHORT_ID; i++) {
            id[from + i] = HEX[(int) (bits >>> (60 - 4 * i)) & 0xf];
        }
    }

    private static void text(byte[] head, String value, WireAppender out) {
        if (!value.isEmpty()) {
            Pairs.write(head, value, out);
        }
    }
}
