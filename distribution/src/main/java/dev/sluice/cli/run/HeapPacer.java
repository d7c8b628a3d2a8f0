package dev.sluice.cli.run;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Has the heap collected as a whole when it has doubled since the last time, as Go's runtime does by default (GOGC=100). The Serial collector would let the old
 * generation grow to the heap's limit first, which is a quarter of the machine's memory, whatever little of it is alive. Not thread-safe.
 */
final class HeapPacer {
    /** So that a heap has grown by {@link #ROOM} at the most between two looks at 400 MB a second, more than one core fills it with. */
    static final Duration PERIOD = Duration.ofMillis(250);

    /** Bytes by which a small heap may grow: twice a young generation of 48 MiB, which the JVM collects by itself. */
    private static final long ROOM = 96L << 20;

    private final LongSupplier used;
    private final Runnable collection;
    private long limit;

    /** {@code used} are the bytes in use, alive or not. */
    HeapPacer(LongSupplier used, Runnable collection) {
        this.used = used;
        this.collection = collection;
        expect(used.getAsLong());
    }

    /** Of this process. Does nothing unless the launcher says that the collector needs it. */
    static HeapPacer ofProcess() {
        Runtime runtime = Runtime.getRuntime();
        return Boolean.getBoolean("sluice.heap.paced")
                ? new HeapPacer(() -> runtime.totalMemory() - runtime.freeMemory(), runtime::gc)
                : new HeapPacer(() -> 0, () -> {});
    }

    /** To be called every {@link #PERIOD}. */
    void look() {
        if (used.getAsLong() > limit) {
            collection.run();
            expect(used.getAsLong());
        }
    }

    private void expect(long alive) {
        limit = alive + Math.max(alive, ROOM);
    }
}
