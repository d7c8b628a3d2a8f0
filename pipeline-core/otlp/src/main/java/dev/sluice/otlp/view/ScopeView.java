package dev.sluice.otlp.view;

/** The instrumentation scope that items belong to. */
public final class ScopeView {
    private final Container container = new Container();
    private final AttributesView attributes = new AttributesView();

    /** Stands on the container in the range, such as a ResourceSpans or a ScopeSpans. */
    public void reset(byte[] array, int start, int end) {
        container.reset(array, start, end);
    }

    public String name() {
        return container.head().string(1);
    }

    public String version() {
        return container.head().string(2);
    }

    /** Before the first attribute; the same object at every call. */
    public AttributesView attributes() {
        return attributes.reset(container.head(), 3);
    }

    public long droppedAttributesCount() {
        return container.head().bits(4);
    }

    /** The schema URL of the ScopeSpans, ScopeMetrics or ScopeLogs; looked for at every call. */
    public String schemaUrl() {
        return container.schemaUrl();
    }

    public byte[] array() {
        return container.array();
    }

    /** Where the scope's message starts in {@link #array}. */
    public int start() {
        return container.head().start();
    }

    /** The size of the scope's message; 0 if there is none. */
    public int length() {
        return container.head().end() - container.head().start();
    }

    /** Where the ScopeSpans, ScopeMetrics or ScopeLogs starts. */
    public int containerStart() {
        return container.start();
    }

    public int containerEnd() {
        return container.end();
    }
}
