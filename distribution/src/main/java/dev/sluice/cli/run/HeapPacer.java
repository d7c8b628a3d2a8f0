package dev.sluice.cli.run;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Has the heap collected as a whole when its old generation has grown by half since the last time; with the young one, the heap is then about twice what is alive, as
 * Go's is by default (GOGC=100). The Serial collector would let the old generation grow to the heap's limit first, which is a quarter of the machine's memory,
 * whatever little of it is alive. Not thread-safe.
 */
final class HeapPacer {
    /** So that 400 MB a second, more than one core fills a heap with, are 100 MB between two looks. */
    static final Duration PERIOD = Duration.ofMillis(250);

    /** Bytes by which a small old generation may grow: about what one collection of a young generation of 48 MiB promotes where its survivors have no room. */
    private static final long ROOM = 8L << 20;

    private final LongSupplier used;
    private final Runnable collection;
    private long limit;

    /** {@code used} are the bytes in use in the old generation, alive or not. */
    HeapPacer(LongSupplier used, Runnable collection) {
        this.used = used;
        this.collection = collection;
        expect(used.getAsLong());
    }

    /** Of this process. Does nothing unless the launcher says that the collector needs it. */
    static HeapPacer ofProcess() {
        return Boolean.getBoolean("sluice.heap.paced")
                ? new HeapPacer(oldGeneration(), Runtime.getRuntime()::gc)
                : new HeapPacer(() -> 0, () -> {});
    }

    /** Of the heap's pools the one that has a threshold: new objects come into the others. */
    private static LongSupplier oldGeneration() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
                .<LongSupplier>map(pool -> () -> used(pool))
                .findFirst()
                .orElse(() -> 0);
    }

    private static long used(MemoryPoolMXBean pool) {
        return pool.getUsage().getUsed();
    }

    /** To be called every {@link #PERIOD}. */
    void look() {
        if (used.getAsLong() > limit) {
            collection.run();
            expect(used.getAsLong());
        }
    }

    private void expect(long alive) {
        limit = alive + Math.max(alive / 2, ROOM);
    }
}
