package dev.sluice.cli.run;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Has the heap collected as a whole when its old generation has grown by a third since the last time; with the young one, the heap is then about twice what is alive, as
 * Go's is by default (GOGC=100). The Serial collector would let the old generation grow to the heap's limit first, which is a quarter of the machine's memory,
 * whatever little of it is alive. A collection of much that is alive is a long one, and waits so that a tenth of the time at most goes into collections. Not thread-safe.
 */
final class HeapPacer {
    /** Between two looks while the old generation grows: about as long as a core under load takes to fill a young one. */
    static final Duration GROWING = Duration.ofMillis(25);

    /** Between two looks once nothing has come into it for a second: a process at rest is not woken more than four times a second. */
    static final Duration CALM = Duration.ofMillis(250);

    private static final int LOOKS_UNTIL_CALM = 40;

    /** Bytes by which a small old generation may grow: what a young one of 48 MiB may have alive, which a collection would only move there. */
    private static final long ROOM = 16L << 20;

    /** So many times as long as a collection took goes by until the next. */
    private static final int REST = 9;

    private final LongSupplier used;
    private final Runnable collection;
    private final LongSupplier clock;
    private long limit;
    private long earliest;
    private long seen;
    private int unchanged;

    /** {@code used} are the bytes in use in the old generation, alive or not, and {@code clock} is monotonic, in nanoseconds. */
    HeapPacer(LongSupplier used, Runnable collection, LongSupplier clock) {
        this.used = used;
        this.collection = collection;
        this.clock = clock;
        earliest = clock.getAsLong();
        expect(used.getAsLong());
    }

    /** Of this process. Does nothing unless the launcher says that the collector needs it. */
    static HeapPacer ofProcess() {
        return Boolean.getBoolean("sluice.heap.paced")
                ? new HeapPacer(oldGeneration(), Runtime.getRuntime()::gc, System::nanoTime)
                : new HeapPacer(() -> 0, () -> {}, () -> 0);
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

    /** Gives the time until it is to be called again. */
    Duration look() {
        long now = used.getAsLong();
        unchanged = now == seen ? unchanged + 1 : 0;
        seen = now;
        long begun = clock.getAsLong();
        if (now > limit && begun - earliest >= 0) {
            collection.run();
            long ended = clock.getAsLong();
            earliest = ended + REST * (ended - begun);
            expect(used.getAsLong());
        }
        return unchanged < LOOKS_UNTIL_CALM ? GROWING : CALM;
    }

    private void expect(long alive) {
        seen = alive;
        limit = alive + Math.max(alive / 3, ROOM);
    }
}
