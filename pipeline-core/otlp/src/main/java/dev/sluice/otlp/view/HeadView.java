package dev.sluice.otlp.view;

import dev.sluice.otlp.Wire;
import java.nio.charset.StandardCharsets;

/**
 * The head of a container, which is what all in the container share: the Resource of a ResourceSpans, ResourceMetrics or ResourceLogs, the
 * scope of a ScopeSpans, ScopeMetrics or ScopeLogs. It is looked for when first asked for, the container's schema URL at every call.
 */
public abstract sealed class HeadView permits ResourceView, ScopeView {
    private static final byte[] NOTHING = new byte[0];
    private static final int HEAD = 1;
    private static final int SCHEMA_URL = 3;

    private final FieldIndex head = new FieldIndex();
    private final AttributesView attributes = new AttributesView();
    private final int attributesField;
    private byte[] array = NOTHING;
    private int start;
    private int end;
    private boolean headRead;
    private int foundStart;
    private int foundEnd;

    HeadView(int attributesField) {
        this.attributesField = attributesField;
    }

    /** Stands on the container in the range. */
    public final void reset(byte[] array, int start, int end) {
        this.array = array;
        this.start = start;
        this.end = end;
        this.headRead = false;
    }

    /** Before the first attribute; the same object at every call. */
    public final AttributesView attributes() {
        return attributes.reset(head(), attributesField);
    }

    public final long droppedAttributesCount() {
        return head().bits(attributesField + 1);
    }

    public final String schemaUrl() {
        find(SCHEMA_URL);
        return new String(array, foundStart, foundEnd - foundStart, StandardCharsets.UTF_8);
    }

    public final byte[] array() {
        return array;
    }

    /** Where the head starts in {@link #array}; equal bytes mean the same resource or scope. */
    public final int start() {
        return head().start();
    }

    /** The size of the head; 0 if there is none. */
    public final int length() {
        return head().end() - head().start();
    }

    public final int containerStart() {
        return start;
    }

    /** The first position behind the container. */
    public final int containerEnd() {
        return end;
    }

    /** The fields of the head; none if there is no head. */
    final FieldIndex head() {
        if (!headRead) {
            headRead = true;
            // Writers put the head first, so this ends at the first field. A second head is not looked for: nobody
            // writes one.
            find(HEAD);
            head.read(array, foundStart, foundEnd);
        }
        return head;
    }

    private void find(int field) {
        int at = start;
        while (at < end) {
            long prefix = Wire.prefix(array, at, end);
            int tag = Wire.value(prefix);
            int value = Wire.position(prefix);
            at = Wire.skip(array, value, end, tag);
            if (tag == Wire.tag(field, Wire.LEN)) {
                foundStart = Wire.position(Wire.prefix(array, value, end));
                foundEnd = at;
                return;
            }
        }
        foundStart = foundEnd = end;
    }
}
