package dev.sluice.otlp.view;

/** Walks the items of a request, each with its resource and scope. */
public abstract sealed class RequestView permits TracesView, MetricsView, LogsView {
    final ItemCursor cursor = new ItemCursor();

    RequestView() {}

    public final ResourceView resource() {
        return cursor.resource();
    }

    public final ScopeView scope() {
        return cursor.scope();
    }

    /** The ordinal of the resource, from 1: it changes when the view has come to another resource. */
    public final int resourceNumber() {
        return cursor.resources();
    }

    /** The ordinal of the scope in the whole request, from 1. */
    public final int scopeNumber() {
        return cursor.scopes();
    }
}
