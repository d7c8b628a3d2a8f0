package dev.sluice.testkit;

import dev.sluice.api.Clock;
import dev.sluice.api.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A clock that stands still until {@link #advance}, and the timers that wait for it. Single-threaded, like its users. */
public final class ManualClock implements Clock {
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(
            Comparator.comparingLong((Task task) -> task.due).thenComparingLong(task -> task.order));
    private final long epoch;
    private long now;
    private long order;

    public ManualClock() {
        this(1_700_000_000_000_000_000L);
    }

    public ManualClock(long epochNanos) {
        this.epoch = epochNanos;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public long epochNanos() {
        return epoch + now;
    }

    /** Lets the time pass and runs what falls due on the way, in order, each at its own time. */
    public void advance(Duration duration) {
        long end = now + duration.toNanos();
        while (!tasks.isEmpty() && tasks.peek().due <= end) {
            Task task = tasks.poll();
            now = Math.max(now, task.due);
            if (task.period != null) {
                task.due += task.period.toNanos();
                task.order = order++;
                tasks.add(task);
            }
            task.work.run();
        }
        now = end;
    }

    /** Tasks not yet run nor cancelled: a stopped component leaves none. */
    public int pending() {
        return tasks.size();
    }

    public Timer after(Duration delay, Runnable work) {
        return schedule(delay, null, work);
    }

    public Timer every(Duration period, Runnable work) {
        return schedule(period, period, work);
    }

    private Timer schedule(Duration delay, @Nullable Duration period, Runnable work) {
        Task task = new Task(now + delay.toNanos(), order++, period, work);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    private static final class Task {
        private final Runnable work;
        private final @Nullable Duration period;
        private long due;
        private long order;

        private Task(long due, long order, @Nullable Duration period, Runnable work) {
            this.due = due;
            this.order = order;
            this.period = period;
            this.work = work;
        }
    }
}
