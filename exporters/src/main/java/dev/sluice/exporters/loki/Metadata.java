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
    private static final int PAIRS = 3;
    private static final int NAME = 1;
    private static final int VALUE = 2;
    private static final int USUAL_PAIR = 64;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final StreamLabels labels;
    private final LabelNames names = new LabelNames();
    private final byte[] id = new byte[32];

    Metadata(StreamLabels labels) {
        this.labels = labels;
    }

    void of(LogRecordView item, WireAppender out) {
        trace(item.traceIdHigh(), item.traceIdLow(), out);
        span("span_id", item.spanIdBits(), out);
        pair("severity_text", item.severityText(), out);
        if (item.severityNumber() != 0) {
            pair("severity_number", Integer.toString(item.severityNumber()), out);
        }
        pair("event_name", item.eventName(), out);
    }

    void of(SpanView item, WireAppender out) {
        trace(item.traceIdHigh(), item.traceIdLow(), out);
        span("span_id", item.spanIdBits(), out);
        span("parent_span_id", item.parentSpanIdBits(), out);
    }

    void of(ScopeView scope, WireAppender out) {
        pair("scope_name", scope.name(), out);
        pair("scope_version", scope.version(), out);
        attributes(Owner.SCOPE, scope.attributes(), out);
    }

    /** All that are no labels. */
    void attributes(Owner owner, AttributesView attributes, WireAppender out) {
        attributes.rewind();
        while (attributes.next()) {
            AnyValueView value = attributes.value();
            if (value.kind() == AnyValueView.Kind.EMPTY || labels.holds(owner, attributes)) {
                continue;
            }
            int mark = out.begin(PAIRS, USUAL_PAIR);
            names.write(out, NAME, attributes.array(), attributes.keyStart(), attributes.keyLength());
            if (value.kind() == AnyValueView.Kind.STRING) {
                out.bytes(VALUE, value.array(), value.contentStart(), value.contentLength());
            } else {
                out.string(VALUE, value.text());
            }
            out.end(mark);
        }
    }

    private void trace(long high, long low, WireAppender out) {
        if ((high | low) != 0) {
            hex(high, 0);
            hex(low, 16);
            pair("trace_id", 32, out);
        }
    }

    private void span(String name, long bits, WireAppender out) {
        if (bits != 0) {
            hex(bits, 0);
            pair(name, 16, out);
        }
    }

    private void hex(long bits, int from) {
        for (int i = 0; i < 16; i++) {
            id[from + i] = HEX[(int) (bits >>> (60 - 4 * i)) & 0xf];
        }
    }

    private void pair(String name, int idLength, WireAppender out) {
        int mark = out.begin(PAIRS, USUAL_PAIR);
        out.string(NAME, name);
        out.bytes(VALUE, id, 0, idLength);
        out.end(mark);
    }

    private static void pair(String name, String value, WireAppender out) {
        if (!value.isEmpty()) {
            int mark = out.begin(PAIRS, USUAL_PAIR);
            out.string(NAME, name);
            out.string(VALUE, value);
            out.end(mark);
        }
    }
}
