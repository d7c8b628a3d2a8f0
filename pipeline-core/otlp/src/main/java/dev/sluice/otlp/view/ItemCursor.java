package dev.sluice.otlp.view;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Wire;

/** Walks resource, scope and item of any signal, over all slices of a rope: the three have the same shape down to the item. */
final class ItemCursor {
    private static final int RESOURCE_TAG = 1 << 3 | Wire.LEN;
    private static final int WITHIN_TAG = 2 << 3 | Wire.LEN;
    private static final byte[] NOTHING = new byte[0];

    private Bytes request = Bytes.EMPTY;
    private int nextSlice;
    private byte[] array = NOTHING;
    private int requestAt;
    private int requestEnd;
    private int resourceAt;
    private int resourceEnd;
    private int scopeAt;
    private int scopeEnd;
    private int itemStart;
    private int itemFieldStart;
    private int resources;
    private int scopes;
    private final ResourceView resource = new ResourceView();
    private final ScopeView scope = new ScopeView();

    void reset(Bytes request) {
        this.request = request;
        nextSlice = 0;
        requestAt = requestEnd = 0;
        resourceAt = resourceEnd = 0;
        scopeAt = scopeEnd = 0;
        resources = 0;
        scopes = 0;
    }

    /** Moves to the next item; resources and scopes without items are passed over. */
    boolean next() {
        while (true) {
            while (scopeAt < scopeEnd) {
                itemFieldStart = scopeAt;
                itemStart = enter(scopeAt, scopeEnd, WITHIN_TAG);
                scopeAt = after;
                if (itemStart >= 0) {
                    return true;
                }
            }
            if (resourceAt < resourceEnd) {
                int start = enter(resourceAt, resourceEnd, WITHIN_TAG);
                resourceAt = after;
                if (start >= 0) {
                    scopeAt = start;
                    scopeEnd = after;
                    scopes++;
                    scope.reset(array, start, after);
                }
            } else if (requestAt < requestEnd) {
                int start = enter(requestAt, requestEnd, RESOURCE_TAG);
                requestAt = after;
                if (start >= 0) {
                    resourceAt = start;
                    resourceEnd = after;
                    resources++;
                    resource.reset(array, start, after);
                }
            } else if (nextSlice < request.sliceCount()) {
                array = request.sliceArray(nextSlice);
                requestAt = request.sliceOffset(nextSlice);
                requestEnd = requestAt + request.sliceLength(nextSlice);
                nextSlice++;
            } else {
                // A view outlives the request, which must not be kept by it.
                request = Bytes.EMPTY;
                nextSlice = 0;
                return false;
            }
        }
    }

    /** The position behind the field that {@link #enter} looked at: its second result. */
    private int after;

    /** Where the message starts if the field at {@code at} has the tag, else -1. */
    private int enter(int at, int end, int wanted) {
        long prefix = Wire.prefix(array, at, end);
        int tag = Wire.value(prefix);
        if (tag != wanted) {
            after = Wire.skip(array, Wire.position(prefix), end, tag);
            return -1;
        }
        long length = Wire.length(array, Wire.position(prefix), end);
        int start = Wire.position(length);
        after = start + Wire.value(length);
        return start;
    }

    byte[] array() {
        return array;
    }

    int itemStart() {
        return itemStart;
    }

    int itemEnd() {
        return scopeAt;
    }

    int itemFieldStart() {
        return itemFieldStart;
    }

    ResourceView resource() {
        return resource;
    }

    ScopeView scope() {
        return scope;
    }

    /** How many resources have been entered: it changes when {@link #resource} does. */
    int resources() {
        return resources;
    }

    int scopes() {
        return scopes;
    }
}
