package dev.sluice.api;

import java.time.Duration;

/**
 * The process's budget of payload bytes: in flight, in queues and in stateful processors. Any thread.
 *
 * <p>A receiver acquires before it reads a body, again as a body grows under decompression, and releases when the outcome is
 * known. A stage that keeps a batch beyond its answer charges the bytes itself while it keeps them.
 */
public interface Admission {
    /** No bound; for tests and for what is not payload. */
    Admission UNBOUNDED = new Admission() {
        @Override
        public boolean tryAcquire(long bytes) {
            return true;
        }

        @Override
        public void charge(long bytes) {}

        @Override
        public void release(long bytes) {}

        @Override
        public Level level() {
            return Level.NORMAL;
        }
    };

    /** False, taking nothing, when the bytes would pass the soft limit. */
    boolean tryAcquire(long bytes);

    /** Takes the bytes whatever the level: they are in memory already. */
    void charge(long bytes);

    void release(long bytes);

    Level level();

    /** How long a refused sender should wait. */
    default Duration retryAfter() {
        return Duration.ofSeconds(1);
    }

    /** How full the budget is. */
    enum Level {
        NORMAL,
        /** New work is refused. */
        SOFT,
        /** New work is refused, and receivers close their most expensive connections. */
        HARD
    }
}
