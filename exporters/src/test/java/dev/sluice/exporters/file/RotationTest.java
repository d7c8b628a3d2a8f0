package dev.sluice.exporters.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Exporter;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Telemetry;
import dev.sluice.exporters.file.FileExporterConfig.Rotation;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Requests;
import dev.sluice.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual clock starts at 2023-11-14T22:13:20Z. */
class RotationTest {
    private static final Instant START = Instant.ofEpochSecond(1_700_000_000);
    private static final int MEGABYTE = 1 << 20;

    private final TestContext context = new TestContext("file");

    @TempDir
    private Path directory;

    @Test
    void aFullFileIsRenamedAndNothingIsTornOrLost() throws IOException {
        Exporter exporter = started(new Rotation(1, 0, 0, false));
        for (int i = 0; i < 8; i++) {
            send(exporter, 300_000, i);
            context.manualClock().advance(Duration.ofMinutes(1));
        }
        exporter.stop();

        assertThat(names())
                .containsExactly(
                        "data-2023-11-14T22-16-20.000-size.bin", "data-2023-11-14T22-19-20.000-size.bin", "data.bin");
        assertThat(numbers("data-2023-11-14T22-16-20.000-size.bin")).containsExactly(0L, 1L, 2L);
        assertThat(numbers("data-2023-11-14T22-19-20.000-size.bin")).containsExactly(3L, 4L, 5L);
        assertThat(numbers("data.bin")).containsExactly(6L, 7L);
    }

    @Test
    void aFileIsGoneOnWithAfterARestart() throws IOException {
        for (int i = 0; i < 4; i++) {
            Exporter exporter = started(new Rotation(1, 0, 0, false));
            send(exporter, 300_000, i);
            exporter.stop();
        }
        assertThat(numbers("data-2023-11-14T22-13-20.000-size.bin")).containsExactly(0L, 1L, 2L);
        assertThat(numbers("data.bin")).containsExactly(3L);
    }

    @Test
    void aRequestLargerThanAFileGetsOneOfItsOwn() throws IOException {
        Exporter exporter = started(new Rotation(1, 0, 0, false));
        send(exporter, 100_000, 0);
        send(exporter, 3 * MEGABYTE, 1);
        send(exporter, 100_000, 2);
        exporter.stop();
        // The clock stands still: backups of the same millisecond must not overwrite each other.
        assertThat(numbers("data-2023-11-14T22-13-20.000-size.bin")).containsExactly(0L);
        assertThat(numbers("data-2023-11-14T22-13-20.001-size.bin")).containsExactly(1L);
        assertThat(numbers("data.bin")).containsExactly(2L);
    }

    @Test
    void onlySoManyBackupsStayAndOnlyBackupsGo() throws IOException {
        Files.createFile(directory.resolve("data-2020-01-01T00-00-00.000.bin"));
        Files.createFile(directory.resolve("data-2020-01-01T00-00-01.000-size.bin.gz"));
        List<String> others = List.of(
                "data-2020-01-01T00-00-00.000-size.json",
                "data-2020-01-01T00-00-00.000-by-hand.bin",
                "data-2020-13-01T00-00-00.000-size.bin",
                "data-2020-01-01T00-00-00.000x.bin",
                "data-.bin",
                "other-2020-01-01T00-00-00.000-size.bin");
        for (String other : others) {
            Files.createFile(directory.resolve(other));
        }
        Exporter exporter = started(new Rotation(1, 0, 2, false));
        for (int i = 0; i < 5; i++) {
            send(exporter, MEGABYTE, i);
            context.manualClock().advance(Duration.ofSeconds(1));
        }
        exporter.stop();

        List<String> expected = new ArrayList<>(others);
        expected.addAll(
                List.of("data-2023-11-14T22-13-23.000-size.bin", "data-2023-11-14T22-13-24.000-size.bin", "data.bin"));
        assertThat(names()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void backupsGoWhenTheyAreTooOld() throws IOException {
        Exporter exporter = started(new Rotation(1, 3, 0, false));
        for (int day = 0; day < 6; day++) {
            send(exporter, MEGABYTE, day);
            context.manualClock().advance(Duration.ofDays(1));
        }
        exporter.stop();
        assertThat(names())
                .containsExactly(
                        "data-2023-11-16T22-13-20.000-size.bin",
                        "data-2023-11-17T22-13-20.000-size.bin",
                        "data-2023-11-18T22-13-20.000-size.bin",
                        "data-2023-11-19T22-13-20.000-size.bin",
                        "data.bin");
    }

    @Test
    void localTimeIsTheSystemsZone() throws IOException {
        Exporter exporter = started(new Rotation(1, 0, 0, true));
        send(exporter, MEGABYTE, 0);
        send(exporter, MEGABYTE, 1);
        exporter.stop();
        String local =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSS").format(START.atZone(ZoneId.systemDefault()));
        assertThat(names()).containsExactly("data-" + local + "-size.bin", "data.bin");
        assertThat(START.atZone(ZoneOffset.UTC).toString()).startsWith("2023-11-14T22:13:20");
    }

    @Test
    void zeroMegabytesMeanAHundred() {
        assertThat(new Rotation(0, 0, 0, false).maxBytes()).isEqualTo(100L * MEGABYTE);
        assertThat(new Rotation(5000, 0, 0, false).maxBytes()).isEqualTo(5000L * MEGABYTE);
    }

    @Test
    void whatCannotBeRenamedIsRefusedAndWrittenLater() throws IOException {
        Exporter exporter = started(new Rotation(1, 0, 0, false));
        send(exporter, MEGABYTE, 0);
        Path file = directory.resolve("data.bin");
        Path aside = directory.resolve("aside");
        Files.move(file, aside);
        Outcome outcome = exporter.consume(batch(MEGABYTE, 1)).result();
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.message())
                                .isEqualTo("cannot rotate " + file + ": no such file or directory"));
        assertThat(exporter.consume(batch(MEGABYTE, 1)).result()).isEqualTo(Outcome.ACCEPTED);
        exporter.stop();
        assertThat(numbers("aside")).containsExactly(0L);
        assertThat(numbers("data.bin")).containsExactly(1L);
    }

    private Exporter started(Rotation rotation) {
        FileExporterConfig config = Configs.with(
                FileExporterConfig.DEFAULT,
                "path",
                directory.resolve("data.bin").toString(),
                "format",
                "proto",
                "rotation",
                rotation);
        Exporter exporter = new FileExporterFactory().create(config, context);
        assertThat(exporter.start().succeeded()).isTrue();
        return exporter;
    }

    private static void send(Exporter exporter, int bytes, long number) {
        assertThat(exporter.consume(batch(bytes, number)).result()).isEqualTo(Outcome.ACCEPTED);
    }

    /** A request of about the size, whose number is that of its last record. */
    private static Telemetry batch(int bytes, long number) {
        Bytes one = Requests.numbered(Signal.LOGS, number).wire();
        return Telemetry.of(Signal.LOGS, Bytes.concat(Collections.nCopies(bytes / one.length(), one)), Origin.INTERNAL);
    }

    private List<Long> numbers(String name) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (byte[] message : Written.messages(Files.readAllBytes(directory.resolve(name)))) {
            numbers.add(Requests.numbers(Telemetry.of(Signal.LOGS, Bytes.of(message), Origin.INTERNAL))
                    .getLast());
        }
        return numbers;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
