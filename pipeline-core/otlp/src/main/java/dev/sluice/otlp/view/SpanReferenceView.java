package dev.sluice.otlp.view;

/** A message that names a span: the span itself, a link to it, or a log record or an exemplar that was made in it. */
public abstract sealed class SpanReferenceView extends MessageView
        permits SpanView, LinksView, LogRecordView, ExemplarsView {
    private final int traceIdField;
    private final int spanIdField;

    SpanReferenceView(int traceIdField, int spanIdField) {
        this.traceIdField = traceIdField;
        this.spanIdField = spanIdField;
    }

    /** The first eight bytes of the trace id, big-endian; 0 without one. */
    public final long traceIdHigh() {
        return fields.bigEndian(traceIdField, 0);
    }

    /** The last eight bytes of the trace id, big-endian; 0 without one. */
    public final long traceIdLow() {
        return fields.bigEndian(traceIdField, 8);
    }

    /** Lower-case hex, or empty. */
    public final String traceId() {
        return fields.hex(traceIdField);
    }

    /** Where the 16 bytes of the trace id start in {@link #array}, if {@link #traceIdLength} is not 0. */
    public final int traceIdStart() {
        return fields.from(traceIdField);
    }

    public final int traceIdLength() {
        return fields.length(traceIdField);
    }

    /** The span id, big-endian; 0 without one. */
    public final long spanIdBits() {
        return fields.bigEndian(spanIdField, 0);
    }

    /** Lower-case hex, or empty. */
    public final String spanId() {
        return fields.hex(spanIdField);
    }
}
