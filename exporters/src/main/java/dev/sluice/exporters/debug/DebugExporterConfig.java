package dev.sluice.exporters.debug;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Otherwise;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.QueueConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The block of a {@code debug} exporter. */
public record DebugExporterConfig(
        @Doc(
                "`basic` writes a line of counts for each batch, `normal` also a line for each item, `detailed` also every field.")
        Verbosity verbosity,

        @Doc("How many equal lines are written in each second before sampling begins.")
        int samplingInitial,

        @Doc("Of the equal lines behind those, write each one of this many; 0 writes none.")
        int samplingThereafter,

        @Doc("Write through Sluice's own log; otherwise bare lines go to `output_paths`.")
        boolean useInternalLogger,

        @Doc("Where lines go without the internal logger: files, `stdout`, `stderr`; `stdout` if absent.") @Nullable
        List<String> outputPaths,

        @Doc("A queue before the exporter; there is none unless the key is there.") @Nullable
        QueueConfig sendingQueue)
        implements Config {
    public static final DebugExporterConfig DEFAULT = new DebugExporterConfig(Verbosity.BASIC, 2, 1, true, null, null);

    /** How much is written. */
    @Otherwise("unknown metrics level \"%s\"")
    public enum Verbosity {
        /** A level of the Collector that this exporter has no use for. */
        NONE,
        BASIC,
        NORMAL,
        DETAILED
    }

    @Override
    public void validate(Problems problems) {
        if (verbosity == Verbosity.NONE) {
            problems.at("verbosity", "verbosity level \"None\" is not supported");
        }
        if (samplingInitial < 0) {
            problems.at("sampling_initial", "'sampling_initial' must not be negative");
        }
        if (samplingThereafter < 0) {
            problems.at("sampling_thereafter", "'sampling_thereafter' must not be negative");
        }
        if (outputPaths != null && useInternalLogger) {
            problems.at("output_paths", "output_paths is not supported when use_internal_logger is true");
        } else if (outputPaths != null && outputPaths.isEmpty()) {
            problems.at("output_paths", "output_paths must not be empty when use_internal_logger is false");
        }
    }
}
