package dev.sluice.exporters.debug;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.api.Exporter;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Telemetry;
import dev.sluice.exporters.debug.DebugExporterConfig.Verbosity;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Requests;
import dev.sluice.testkit.TestContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.KeyValuePair;

class DebugExporterTest {
    private final TestContext context = new TestContext("debug");

    @TempDir
    private Path directory;

    @Test
    void basicIsALineOfCountsForEachBatch() throws IOException {
        assertThat(written(Verbosity.BASIC)).isEqualTo("""
                Traces\t{"resource spans": 1, "spans": 1}
                Metrics\t{"resource metrics": 1, "metrics": 1, "data points": 1}
                Logs\t{"resource logs": 1, "log records": 1}
                """);
    }

    /** The texts as the Go exporter prints them for the same requests; a text ends with a line feed before the line does. */
    @Test
    void normalAddsALineForEachItem() throws IOException {
        assertThat(written(Verbosity.NORMAL)).isEqualTo("""
                Traces\t{"resource spans": 1, "spans": 1}
                ResourceTraces #0 service.name=numbered
                ScopeTraces #0
                numbered 0000000000000007fffffffffffffff8 0000000000000007

                Metrics\t{"resource metrics": 1, "metrics": 1, "data points": 1}
                ResourceMetrics #0 service.name=numbered
                ScopeMetrics #0
                numbered{} 7

                Logs\t{"resource logs": 1, "log records": 1}
                ResourceLog #0 service.name=numbered
                ScopeLog #0
                7\s

                """);
    }

    @Test
    void detailedAddsEveryField() throws IOException {
        String text = written(Verbosity.DETAILED);
        assertThat(text).contains("""
                Logs\t{"resource logs": 1, "log records": 1}
                ResourceLog #0
                Resource SchemaURL:\s
                Resource attributes:
                     -> service.name: Str(numbered)
                """);
        assertThat(text)
                .contains("    ID             : 0000000000000007\n", "     -> DataType: Gauge\n", "Body: Int(7)\n");
        assertThat(text).endsWith("\n\n");
    }

    @Test
    void sistersOfALineAreSampledInEachSecond() throws IOException {
        Path file = directory.resolve("out");
        Exporter exporter = sampled(file, 2, 3);
        for (int i = 0; i < 8; i++) {
            send(exporter, Requests.numbered(Signal.LOGS, i));
        }
        send(exporter, Requests.numbered(Signal.TRACES, 1));
        assertThat(Files.readAllLines(file))
                .map(line -> line.substring(0, 4))
                .containsExactly("Logs", "Logs", "Logs", "Logs", "Trac");
        context.manualClock().advance(Duration.ofSeconds(1));
        send(exporter, Requests.numbered(Signal.LOGS, 9));
        exporter.stop();
        assertThat(Files.readAllLines(file)).hasSize(6);
    }

    @Test
    void nothingBehindTheFirstLinesIfThereafterIsZero() throws IOException {
        Path file = directory.resolve("out");
        Exporter exporter = sampled(file, 1, 0);
        for (int i = 0; i < 8; i++) {
            send(exporter, Requests.numbered(Signal.LOGS, i));
        }
        exporter.stop();
        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    @Test
    void theInternalLogGetsTheCountsAsFields() {
        Logger log = (Logger) context.log();
        ListAppender<ILoggingEvent> entries = new ListAppender<>();
        entries.start();
        log.addAppender(entries);
        log.setLevel(Level.INFO);
        try {
            Exporter exporter = started("verbosity", Verbosity.NORMAL);
            send(exporter, Requests.numbered(Signal.TRACES, 7));
            exporter.stop();
        } finally {
            log.setLevel(null);
            log.detachAppender(entries);
        }
        assertThat(entries.list).hasSize(2);
        ILoggingEvent counts = entries.list.getFirst();
        assertThat(counts.getFormattedMessage()).isEqualTo("Traces");
        assertThat(counts.getKeyValuePairs())
                .map(KeyValuePair::toString)
                .containsExactly("otelcol.signal=\"traces\"", "resource spans=\"1\"", "spans=\"1\"");
        assertThat(entries.list.getLast().getFormattedMessage())
                .startsWith("ResourceTraces #0 service.name=numbered\n");
    }

    @Test
    void linesGoToTheConsoleIfNoPathsAreGivenAndTheConsoleStaysOpen() {
        PrintStream console = System.out;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            Exporter exporter = started("use_internal_logger", false);
            send(exporter, Requests.numbered(Signal.LOGS, 7));
            exporter.stop();
            System.out.println("open");
        } finally {
            System.setOut(console);
        }
        assertThat(captured.toString(StandardCharsets.UTF_8)).isEqualTo("""
                Logs\t{"resource logs": 1, "log records": 1}
                open
                """);
    }

    @Test
    void filesAreAppendedToAndAllPathsGetAllLines() throws IOException {
        Path one = directory.resolve("one");
        Path other = directory.resolve("other");
        Files.writeString(one, "before\n");
        Exporter exporter =
                started("use_internal_logger", false, "output_paths", List.of(one.toString(), other.toString()));
        send(exporter, Requests.numbered(Signal.LOGS, 7));
        exporter.stop();
        String line = "Logs\t{\"resource logs\": 1, \"log records\": 1}\n";
        assertThat(one).hasContent("before\n" + line);
        assertThat(other).hasContent(line);
    }

    @Test
    void aPathThatCannotBeOpenedFailsTheStart() {
        Exporter exporter = new DebugExporterFactory()
                .create(
                        Configs.with(
                                DebugExporterConfig.DEFAULT,
                                "use_internal_logger",
                                false,
                                "output_paths",
                                List.of(directory.resolve("missing/out").toString())),
                        context);
        assertThat(exporter.start().failed()).isTrue();
    }

    @Test
    void aDeviceThatIsFullRefusesForNowAndBrokenBytesForGood() {
        Exporter exporter = started(
                "use_internal_logger", false, "output_paths", List.of("/dev/full"), "verbosity", Verbosity.NORMAL);
        assertThat(exporter.consume(Requests.numbered(Signal.LOGS, 1)).result())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE));
        Telemetry broken = Telemetry.of(Signal.LOGS, Bytes.of(new byte[] {10, 100}), Origin.INTERNAL);
        assertThat(exporter.consume(broken).result())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.INVALID));
        exporter.stop();
    }

    @Test
    void badOptionsAreRefusedInTheCollectorsWords() {
        assertThat(problems("verbosity", Verbosity.NONE))
                .containsExactly("verbosity: verbosity level \"None\" is not supported");
        assertThat(problems("output_paths", List.of("x")))
                .containsExactly("output_paths: output_paths is not supported when use_internal_logger is true");
        assertThat(problems("use_internal_logger", false, "output_paths", List.of()))
                .containsExactly("output_paths: output_paths must not be empty when use_internal_logger is false");
        assertThat(problems("use_internal_logger", false, "output_paths", List.of("x")))
                .isEmpty();
        assertThat(problems("sampling_initial", -1, "sampling_thereafter", -1)).hasSize(2);
    }

    private String written(Verbosity verbosity) throws IOException {
        Path file = directory.resolve("out");
        Exporter exporter =
                started("verbosity", verbosity, "use_internal_logger", false, "output_paths", List.of(file.toString()));
        for (Signal signal : Signal.values()) {
            send(exporter, Requests.numbered(signal, 7));
        }
        exporter.stop();
        return Files.readString(file);
    }

    private Exporter started(Object... options) {
        Exporter exporter =
                new DebugExporterFactory().create(Configs.with(DebugExporterConfig.DEFAULT, options), context);
        assertThat(exporter.start().succeeded()).isTrue();
        return exporter;
    }

    private static void send(Exporter exporter, Telemetry batch) {
        assertThat(exporter.consume(batch).result()).isEqualTo(Outcome.ACCEPTED);
    }

    private Exporter sampled(Path file, int initial, int thereafter) {
        return started(
                "use_internal_logger",
                false,
                "output_paths",
                List.of(file.toString()),
                "sampling_initial",
                initial,
                "sampling_thereafter",
                thereafter);
    }

    private static List<String> problems(Object... options) {
        return Configs.problems(Configs.with(DebugExporterConfig.DEFAULT, options));
    }
}
