package dev.sluice.otlp.view;

/** The resource that items belong to. */
public final class ResourceView {
    private final Container container = new Container();
    private final AttributesView attributes = new AttributesView();

    /** Stands on the container in the range, such as a ResourceSpans or a ScopeSpans. */
    public void reset(byte[] array, int start, int end) {
        container.reset(array, start, end);
    }

    /** Before the first attribute; the same object at every call. */
    public AttributesView attributes() {
        return attributes.reset(container.head(), 1);
    }

    public long droppedAttributesCount() {
        return container.head().bits(2);
    }

    /** The schema URL of the ResourceSpans, ResourceMetrics or ResourceLogs; looked for at every call. */
    public String schemaUrl() {
        return container.schemaUrl();
    }

    public byte[] array() {
        return container.array();
    }

    /** Where the Resource message starts in {@link #array}; equal bytes mean the same resource. */
    public int start() {
        return container.head().start();
    }

    /** The size of the Resource message; 0 if there is none. */
    public int length() {
        return container.head().end() - container.head().start();
    }

    /** The number of EntityRefs and where they lie is left to those who need it: their run of fields, or an empty one. */
    public int entityRefsStart() {
        return container.head().firstField(3);
    }

    /** The first position behind the last EntityRef. */
    public int entityRefsEnd() {
        return container.head().lastFieldEnd(3);
    }

    /** Where the ResourceSpans, ResourceMetrics or ResourceLogs starts. */
    public int containerStart() {
        return container.start();
    }

    public int containerEnd() {
        return container.end();
    }
}
