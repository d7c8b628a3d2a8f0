package dev.sluice.engine.graph;

import dev.sluice.api.Admission;
import dev.sluice.api.config.MemoryLimit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The payload bytes that are in the process, and how many there may be: by default 60 % of the heap, for receivers behind whom a
 * memory limiter stands what that says, but never so much that less than 32 MiB of the heap are left. Shared between threads.
 */
final class ByteBudget implements Admission {
    private static final long RESERVE = 32L << 20;

    private final AtomicLong used = new AtomicLong();
    private final long maxHeap;
    private final Admission standard;

    /** {@code maxHeap} in bytes. */
    ByteBudget(long maxHeap) {
        this.maxHeap = maxHeap;
        long hard = Math.min(maxHeap / 10 * 6, ceiling());
        // The distance of the limits is the Collector's default for spike_limit: a fifth.
        standard = new Limited(hard - hard / 5, hard);
    }

    /** The same bytes under a limit of their own. */
    Admission limited(MemoryLimit limit) {
        long hard = Math.min(limit.limitBytes(), ceiling());
        return new Limited(Math.min(limit.softBytes(), hard), hard);
    }

    long used() {
        return used.get();
    }

    @Override
    public boolean tryAcquire(long bytes) {
        return standard.tryAcquire(bytes);
    }

    @Override
    public void charge(long bytes) {
        used.addAndGet(bytes);
    }

    @Override
    public void release(long bytes) {
        used.addAndGet(-bytes);
    }

    @Override
    public Level level() {
        return standard.level();
    }

    /** On a heap too small for the reserve, half of it. */
    private long ceiling() {
        return Math.max(maxHeap - RESERVE, maxHeap / 2);
    }

    private final class Limited implements Admission {
        private final long soft;
        private final long hard;

        private Limited(long soft, long hard) {
            this.soft = soft;
            this.hard = hard;
        }

        @Override
        public boolean tryAcquire(long bytes) {
            if (used.addAndGet(bytes) > soft) {
                used.addAndGet(-bytes);
                return false;
            }
            return true;
        }

        @Override
        public void charge(long bytes) {
            ByteBudget.this.charge(bytes);
        }

        @Override
        public void release(long bytes) {
            ByteBudget.this.release(bytes);
        }

        @Override
        public Level level() {
            long now = used.get();
            return now > hard ? Level.HARD : now > soft ? Level.SOFT : Level.NORMAL;
        }
    }
}
