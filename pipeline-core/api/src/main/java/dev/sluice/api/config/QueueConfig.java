package dev.sluice.api.config;

import dev.sluice.api.ComponentId;
import org.jspecify.annotations.Nullable;

/** The block {@code sending_queue}. */
public record QueueConfig(
        @Doc("Put a queue between the pipeline and the exporter.")
        boolean enabled,

        @Doc("How many batches are sent at a time.") int numConsumers,
        @Doc("Capacity, in units of the sizer.") long queueSize,

        @Doc("What `queue_size` counts: `requests`, `items` or `bytes`.")
        Sizer sizer,

        @Doc("Wait for room instead of refusing when the queue is full.")
        boolean blockOnOverflow,

        @Doc("Answer when a batch is delivered, not when it is queued.")
        boolean waitForResult,

        @Doc("The storage extension that keeps the queue on disk. Not there yet, and refused where set.") @Nullable
        ComponentId storage,

        @Doc("Merge and split batches before they are sent.") @Nullable
        BatchConfig batch)
        implements Config {
    public static final QueueConfig DEFAULT = new QueueConfig(true, 10, 1000, Sizer.REQUESTS, false, false, null, null);

    /** The same with one consumer: two would change the order of what is sent. */
    public QueueConfig inOrder() {
        return new QueueConfig(enabled, 1, queueSize, sizer, blockOnOverflow, waitForResult, storage, batch);
    }

    @Override
    public void validate(Problems problems) {
        if (!enabled) {
            return;
        }
        if (numConsumers <= 0) {
            problems.at("num_consumers", "`num_consumers` must be positive");
        }
        if (queueSize <= 0) {
            problems.at("queue_size", "`queue_size` must be positive");
        }
        if (storage != null && waitForResult) {
            problems.at(
                    "wait_for_result",
                    "`wait_for_result` is not supported with a persistent queue configured with `storage`");
        }
        // A batch inherits the queue's sizer only where that was set explicitly, which is its own default otherwise.
        if (batch != null && batch.sizerOr(sizer) == sizer && batch.minSize() > queueSize) {
            problems.at("batch::min_size", "`min_size` must be less than or equal to `queue_size`");
        }
    }
}
