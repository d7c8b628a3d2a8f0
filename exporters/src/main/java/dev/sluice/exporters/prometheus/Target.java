package dev.sluice.exporters.prometheus;

import dev.sluice.prometheus.Labels;

/** A resource as {@code target_info} shows it, one for each pair of job and instance. */
final class Target {
    private Labels labels;
    private long updated;

    Target(Labels labels) {
        this.labels = labels;
    }

    Labels labels() {
        return labels;
    }

    /** The resource has other attributes than before. */
    void replace(Labels newer) {
        labels = newer;
    }

    /** When a point of the resource came last, by the monotonic clock. */
    long updated() {
        return updated;
    }

    void touch(long now) {
        updated = now;
    }
}
