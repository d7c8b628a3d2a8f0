package dev.sluice.processors.batch;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The block of a {@code batch} processor. Sizes are in spans, metric points or log records. */
public record BatchProcessorConfig(
        @Doc("Send as soon as this many spans, metric points or log records have gathered; 0 sends everything at once.")
        int sendBatchSize,

        @Doc("Send what has gathered after this time; 0 sends everything at once.")
        Duration timeout,

        @Doc("Split what is larger than this; 0 never splits.")
        int sendBatchMaxSize,

        @Doc("Gather separately for each combination of values of these request metadata keys.")
        List<String> metadataKeys,

        @Doc("Most combinations of metadata values; 0 for no bound.")
        int metadataCardinalityLimit,

        @Doc(
                value =
                        "When a batch is answered: `accepted` as soon as it is taken, `delivered` when what it was merged into has"
                                + " been answered, `auto` delivered if every exporter behind has a queue on disk, else accepted.",
                sluiceOnly = true)
        Acknowledge acknowledge)
        implements Config {
    public static final BatchProcessorConfig DEFAULT =
            new BatchProcessorConfig(8192, Duration.ofMillis(200), 0, List.of(), 1000, Acknowledge.AUTO);

    /** When a batch is answered. */
    public enum Acknowledge {
        AUTO,
        ACCEPTED,
        DELIVERED
    }

    @Override
    public void validate(Problems problems) {
        validateUnsigned(problems, "send_batch_size", sendBatchSize);
        validateUnsigned(problems, "send_batch_max_size", sendBatchMaxSize);
        validateUnsigned(problems, "metadata_cardinality_limit", metadataCardinalityLimit);
        if (sendBatchMaxSize > 0 && sendBatchMaxSize < sendBatchSize) {
            problems.at("send_batch_max_size", "send_batch_max_size must be greater or equal to send_batch_size");
        }
        Set<String> seen = new HashSet<>();
        for (String key : metadataKeys) {
            String lower = key.toLowerCase(Locale.ROOT);
            if (!seen.add(lower)) {
                problems.at("metadata_keys", "duplicate entry in metadata_keys: \"" + lower + "\" (case-insensitive)");
            }
        }
        if (timeout.isNegative()) {
            problems.at("timeout", "timeout must be greater or equal to 0");
        }
    }

    private static void validateUnsigned(Problems problems, String key, int value) {
        if (value < 0) {
            problems.at(key, "'" + key + "' must not be negative");
        }
    }

    /** Whether data waits for more at all. */
    boolean waits() {
        return sendBatchSize > 0 && timeout.isPositive();
    }
}
