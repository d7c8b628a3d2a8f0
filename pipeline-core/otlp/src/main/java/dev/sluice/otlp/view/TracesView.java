package dev.sluice.otlp.view;

import dev.sluice.otlp.Bytes;

/** The spans of a request, each with its resource and scope. */
public final class TracesView {
    private final ItemCursor cursor = new ItemCursor();
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

    public ResourceView resource() {
        return cursor.resource();
    }

    public ScopeView scope() {
        return cursor.scope();
    }

    /** The ordinal of the resource, from 1: it changes when {@link #next} has come to another resource. */
    public int resourceNumber() {
        return cursor.resources();
    }

    /** The ordinal of the scope in the whole request, from 1. */
    public int scopeNumber() {
        return cursor.scopes();
    }
}
