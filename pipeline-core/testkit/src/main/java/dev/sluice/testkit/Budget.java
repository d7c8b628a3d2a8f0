package dev.sluice.testkit;

import dev.sluice.api.Admission;

/**
 * A budget of bytes that counts: a component that has stopped has given back what it took. Any thread.
 *
 * <p>{@link #tryAcquire} refuses what would pass the soft limit, whatever the level is, which only a test sets.
 */
public final class Budget implements Admission {
    private final long soft;
    private long used;
    private long most;
    private Level level = Level.NORMAL;

    /** One that refuses nothing. */
    public Budget() {
        this(Long.MAX_VALUE);
    }

    /**
     * One that refuses what it has no room for.
     *
     * @param soft the limit, in bytes
     */
    public Budget(long soft) {
        this.soft = soft;
    }

    /** How full it says to be from now on. */
    public synchronized Budget level(Level value) {
        level = value;
        return this;
    }

    /** Bytes that were taken and not given back. */
    public synchronized long used() {
        return used;
    }

    /** The most bytes that were ever used at a time. */
    public synchronized long most() {
        return most;
    }

    @Override
    public synchronized boolean tryAcquire(long bytes) {
        if (bytes > soft - used) {
            return false;
        }
        charge(bytes);
        return true;
    }

    @Override
    public synchronized void charge(long bytes) {
        used += bytes;
        most = Math.max(most, used);
    }

    /** Throws {@link IllegalStateException}, and takes nothing back, where more is given back than was taken. */
    @Override
    public synchronized void release(long bytes) {
        if (bytes > used) {
            throw new IllegalStateException(
                    "more was given back than was taken: " + bytes + " bytes, of which " + used + " were left");
        }
        used -= bytes;
    }

    @Override
    public synchronized Level level() {
        return level;
    }
}
