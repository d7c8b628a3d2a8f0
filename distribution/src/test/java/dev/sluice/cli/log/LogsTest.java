package dev.sluice.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.telemetry.LogsConfig;
import dev.sluice.engine.telemetry.LogsConfig.Encoding;
import dev.sluice.engine.telemetry.LogsConfig.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LogsTest {
    @TempDir
    private Path folder;

    @AfterEach
    void backToNormal() throws IOException {
        Logs.apply(LogsConfig.DEFAULT, Map.of(), List.of());
    }

    @Test
    void linesGoToTheFilesNamedAndThoseOfJavaUtilLoggingToo() throws Exception {
        Path first = folder.resolve("first.log");
        Path second = folder.resolve("second.log");
        Logs.apply(config(Level.INFO, first.toString(), "file://" + second), Map.of(), List.of());

        LoggerFactory.getLogger("dev.sluice.test").info("to both");
        LoggerFactory.getLogger("dev.sluice.test").debug("too low");
        java.util.logging.Logger.getLogger("a.library").warning("over the bridge");

        assertThat(Files.readString(first))
                .contains("\"msg\":\"to both\"", "\"msg\":\"over the bridge\"")
                .doesNotContain("too low");
        assertThat(Files.readString(second)).isEqualTo(Files.readString(first));
    }

    @Test
    void debugIsForOurselvesNotForTalkativeLibraries() throws Exception {
        Path file = folder.resolve("debug.log");
        Logs.apply(config(Level.DEBUG, file.toString()), Map.of(), List.of());

        LoggerFactory.getLogger("dev.sluice.test").debug("ours");
        LoggerFactory.getLogger("io.netty.channel").debug("theirs");

        assertThat(Files.readString(file)).contains("ours").doesNotContain("theirs");
    }

    @Test
    void theLevelsOfZapAboveErrorAreErrors() throws Exception {
        Path file = folder.resolve("fatal.log");
        Logs.apply(config(Level.FATAL, file.toString()), Map.of(), List.of());

        LoggerFactory.getLogger("dev.sluice.test").warn("a warning");
        LoggerFactory.getLogger("dev.sluice.test").error("an error");

        assertThat(Files.readString(file)).contains("an error").doesNotContain("a warning");
    }

    @Test
    void aPathThatCannotBeOpenedChangesNothing() throws Exception {
        Path file = folder.resolve("kept.log");
        Logs.apply(config(Level.WARN, file.toString()), Map.of(), List.of());
        String missing = folder.resolve("missing/none.log").toString();
        LogsConfig bad = config(Level.INFO, folder.resolve("other.log").toString(), missing);

        assertThatThrownBy(() -> Logs.apply(bad, Map.of(), List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing");
        LoggerFactory.getLogger("dev.sluice.test").warn("still here");

        assertThat(Files.readString(file)).contains("still here");
    }

    private static LogsConfig config(Level level, String... paths) {
        LogsConfig defaults = LogsConfig.DEFAULT;
        return new LogsConfig(
                level,
                Encoding.JSON,
                false,
                true,
                false,
                defaults.sampling(),
                List.of(paths),
                defaults.errorOutputPaths(),
                Map.of(),
                List.of(),
                null,
                false);
    }
}
