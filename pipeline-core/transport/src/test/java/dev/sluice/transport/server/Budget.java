package dev.sluice.transport.server;

import dev.sluice.api.Admission;

/** A budget of bytes for tests. */
final class Budget implements Admission {
    private final long soft;
    private long used;
    private long most;
    private Level level = Level.NORMAL;

    Budget(long soft) {
        this.soft = soft;
    }

    Budget level(Level value) {
        level = value;
        return this;
    }

    synchronized long used() {
        return used;
    }

    /** The most that was ever used. */
    synchronized long most() {
        return most;
    }

    @Override
    public synchronized boolean tryAcquire(long bytes) {
        if (used + bytes > soft) {
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

    @Override
    public synchronized void release(long bytes) {
        used -= bytes;
        if (used < 0) {
            throw new IllegalStateException("more was given back than was taken");
        }
    }

    @Override
    public Level level() {
        return level;
    }
}
