package dev.sluice.engine.telemetry;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Otherwise;
import dev.sluice.api.config.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The block {@code service::telemetry::logs}. The distribution applies all of it but {@code processors}. */
public record LogsConfig(
        @Doc("The least level that is written.") Level level,
        @Doc("How a line is written: `console` or `json`.") Encoding encoding,

        @Doc("Write stack traces from `warn` on instead of from `error` on.")
        boolean development,

        @Doc("Leave out the place in the code.") boolean disableCaller,
        @Doc("Leave out stack traces.") boolean disableStacktrace,
        @Doc("Thin out lines that repeat.") Sampling sampling,
        @Doc("Where lines go: `stdout`, `stderr` or files.") List<String> outputPaths,

        @Doc("Where errors of logging itself go: `stdout`, `stderr` or files.")
        List<String> errorOutputPaths,

        @Doc("Fields that every line carries.") Map<String, String> initialFields,

        @Doc("Where log records are sent to besides the output paths.")
        List<ProcessorConfig> processors,

        @Doc(value = "Where lines are pushed to besides the output paths, by Loki4j: a Loki.", sluiceOnly = true)
        @Nullable
        LokiLogsConfig loki,

        @Doc("Leave the resource out of written lines; it stays in what is sent.")
        boolean disableZapResource)
        implements Config {
    public static final LogsConfig DEFAULT = new LogsConfig(
            Level.INFO,
            Encoding.CONSOLE,
            false,
            false,
            false,
            Sampling.DEFAULT,
            List.of("stderr"),
            List.of("stderr"),
            Map.of(),
            List.of(),
            null,
            false);

    @Override
    public void validate(Problems problems) {
        for (int i = 0; i < processors.size(); i++) {
            processors.get(i).validateAs("log", "processors::" + i, problems);
        }
    }

    /** The Collector's levels; the last three are written as errors. */
    @Otherwise("unrecognized level: \"%s\"")
    public enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR,
        DPANIC,
        PANIC,
        FATAL
    }

    /** How a line is written. */
    public enum Encoding {
        CONSOLE,
        JSON
    }

    /** The block {@code sampling}: in each tick the first lines with one level and text, and then one in so many. */
    public record Sampling(
            @Doc("Thin out at all.") boolean enabled,

            @Doc("How long lines are counted before the count begins anew.")
            Duration tick,

            @Doc("How many lines with the same level and text pass in a tick.")
            int initial,

            @Doc("Of those that follow one in this many passes; 0 lets none pass.")
            int thereafter)
            implements Config {
        public static final Sampling DEFAULT = new Sampling(true, Duration.ofSeconds(10), 10, 100);
    }
}
