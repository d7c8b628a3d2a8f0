package dev.sluice.engine.telemetry;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import org.jspecify.annotations.Nullable;

/** One of {@code processors} of own logs or traces: what gathers records and where they go. Exactly one of the two is there. */
public record ProcessorConfig(
        @Doc("Gather records and send them together.") @Nullable
        Batch batch,

        @Doc("Send each record at once.") @Nullable Simple simple)
        implements Config {
    public static final ProcessorConfig DEFAULT = new ProcessorConfig(null, null);

    void validateAs(String kind, String key, Problems problems) {
        if (batch != null && simple != null) {
            problems.at(key, "must not specify multiple " + kind + " processor type");
        } else if (batch == null && simple == null) {
            problems.at(key, "unsupported " + kind + " processor type, must be one of simple or batch");
        } else if (exporter().otlp() == null && exporter().console() == null) {
            problems.at(key, "no valid " + kind + " exporter");
        } else if (exporter().otlp() != null && exporter().console() != null) {
            problems.at(key, "must not specify multiple exporters");
        }
    }

    PushExporter exporter() {
        return batch != null ? batch.exporter : simple != null ? simple.exporter : PushExporter.DEFAULT;
    }

    /** The block {@code batch}. Times are milliseconds, as everywhere in OpenTelemetry's own configuration. */
    public record Batch(
            @Doc("Time limit for sending a batch, in milliseconds.")
            int exportTimeout,

            @Doc("The most records in a batch.") int maxExportBatchSize,

            @Doc("How many records may wait; more are dropped.")
            int maxQueueSize,

            @Doc("How long records wait for others, in milliseconds.")
            int scheduleDelay,

            @Doc("Where the records go.") PushExporter exporter)
            implements Config {
        public static final Batch DEFAULT = new Batch(30_000, 512, 2048, 5_000, PushExporter.DEFAULT);

        @Override
        public void validate(Problems problems) {
            positive(problems, "export_timeout", exportTimeout);
            positive(problems, "max_export_batch_size", maxExportBatchSize);
            positive(problems, "max_queue_size", maxQueueSize);
            positive(problems, "schedule_delay", scheduleDelay);
            if (maxExportBatchSize > maxQueueSize) {
                problems.at(
                        "max_export_batch_size", "'max_export_batch_size' must not be greater than 'max_queue_size'");
            }
        }

        private static void positive(Problems problems, String key, int value) {
            if (value <= 0) {
                problems.at(key, "'" + key + "' must be positive");
            }
        }
    }

    /** The block {@code simple}. */
    public record Simple(@Doc("Where the records go.") PushExporter exporter) implements Config {
        public static final Simple DEFAULT = new Simple(PushExporter.DEFAULT);
    }
}
