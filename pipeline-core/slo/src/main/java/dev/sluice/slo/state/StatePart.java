package dev.sluice.slo.state;

import java.util.Collections;
import java.util.Iterator;
import java.util.function.Consumer;

/** Something to be kept: its own beginning, which takes no time to speak of, and the parts that follow it. */
@FunctionalInterface
public interface StatePart {
    /** Writes the beginning, and gives the other parts. They may be made only when their turn comes. */
    Iterator<StatePart> write(StateWriter out);

    /** A part without others. */
    static StatePart of(Consumer<StateWriter> written) {
        return out -> {
            written.accept(out);
            return Collections.emptyIterator();
        };
    }
}
