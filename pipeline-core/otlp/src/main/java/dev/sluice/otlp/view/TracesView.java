package dev.sluice.otlp.view;

import dev.sluice.otlp.Bytes;

/** The spans of a request, each with its resource and scope. */
public final class TracesView extends RequestView {
    private final SpanView span = new SpanView();

    public TracesView() {}

    public TracesView(Bytes request) {
        reset(request);
    }

    /** Stands before the first of the request's spans. */
    public TracesView reset(Bytes request) {
        cursor.reset(request);
        return this;
    }

    public boolean next() {
        if (!cursor.next()) {
            return false;
        }
        span.reset(cursor.array(), cursor.itemStart(), cursor.itemEnd());
        return true;
    }

    /** The same object for every one of the spans. */
    public SpanView span() {
        return span;
    }
}
