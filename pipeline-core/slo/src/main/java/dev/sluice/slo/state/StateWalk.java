package dev.sluice.slo.state;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** Writes a part with all that it is made of, one after the other, for those who must not take long at a time. For one thread. */
public final class StateWalk {
    private final Deque<Iterator<StatePart>> open = new ArrayDeque<>();

    public StateWalk(StatePart whole) {
        open.push(List.of(whole).iterator());
    }

    public boolean hasNext() {
        while (!open.isEmpty() && !open.peek().hasNext()) {
            open.pop();
        }
        return !open.isEmpty();
    }

    /** Writes the next part; throws {@link java.util.NoSuchElementException} after the last. */
    public void next(StateWriter out) {
        Iterator<StatePart> parts = hasNext() ? open.element() : Collections.emptyIterator();
        open.push(parts.next().write(out));
    }
}
