package dev.sluice.api.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The block {@code sending_queue::batch}. */
public record BatchConfig(
        @Doc("Send what has gathered after this time.") Duration flushTimeout,
        @Doc("Send as soon as this much has gathered.") long minSize,

        @Doc("Split what is larger than this; 0 never splits.")
        long maxSize,

        @Doc(
                "What the sizes count: `items` or `bytes`; the sizer of the queue where that is one of the two, else `items`.")
        @Nullable
        Sizer sizer,

        @Doc("Which batches may be merged with each other.") Partition partition)
        implements Config {
    public static final BatchConfig DEFAULT = new BatchConfig(Duration.ofMillis(200), 8192, 0, null, Partition.DEFAULT);

    /** The sizer in force, given that of the queue. */
    public Sizer sizerOr(Sizer queueSizer) {
        return sizer != null ? sizer : queueSizer == Sizer.REQUESTS ? Sizer.ITEMS : queueSizer;
    }

    @Override
    public void validate(Problems problems) {
        if (sizer == Sizer.REQUESTS) {
            problems.at("sizer", "`batch` supports only `items` or `bytes` sizer, found \"requests\"");
        }
        if (!flushTimeout.isPositive()) {
            problems.at("flush_timeout", "`flush_timeout` must be positive, found " + flushTimeout.toNanos());
        }
        if (minSize < 0) {
            problems.at("min_size", "`min_size` must be non-negative, found " + minSize);
        }
        if (maxSize < 0) {
            problems.at("max_size", "`max_size` must be non-negative, found " + maxSize);
        }
        if (maxSize > 0 && maxSize < minSize) {
            problems.at(
                    "max_size",
                    "`max_size` (" + maxSize + ") must be greater or equal to `min_size` (" + minSize + ")");
        }
    }

    /** The block {@code partition}. */
    public record Partition(
            @Doc("Merge only batches whose request metadata agree in these keys.")
            List<String> metadataKeys) implements Config {
        public static final Partition DEFAULT = new Partition(List.of());

        @Override
        public void validate(Problems problems) {
            Set<String> seen = new HashSet<>();
            for (String key : metadataKeys) {
                String lower = key.toLowerCase(Locale.ROOT);
                if (!seen.add(lower)) {
                    problems.at(
                            "metadata_keys", "duplicate entry in metadata_keys: \"" + lower + "\" (case-insensitive)");
                }
            }
        }
    }
}
