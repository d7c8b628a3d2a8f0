package dev.sluice.exporters.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Exporter;
import dev.sluice.api.Outcome;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Requests;
import dev.sluice.testkit.TestContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up in the middle of a write: in a process of its own, since the limit on the size of files is the process's. */
class FullDiskTest {
    private static final int LIMIT_KILOBYTES = 64;
    private static final int BATCHES = 1000;

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatWasAcceptedIsThereWholeAndNothingElse(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("out.json");
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -f " + LIMIT_KILOBYTES + " && exec \"$@\"",
                        "bash",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UsePerfData",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FullDiskTest.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();

        List<String> lines = said.lines().toList();
        int accepted = Integer.parseInt(lines.getFirst());
        assertThat(accepted).isBetween(1, BATCHES - 1);
        assertThat(lines.get(1)).contains("UNAVAILABLE", "cannot write to " + file + ": File too large");
        assertThat(lines.get(2)).isEqualTo(Outcome.ACCEPTED.toString());
        // The process wrote on after it had emptied the file, as an operator makes room.
        assertThat(Written.numbers(Signal.LOGS, file)).containsExactly((long) BATCHES);
        assertThat(Written.numbers(Signal.LOGS, directory.resolve("full.json")))
                .isEqualTo(LongStream.range(0, accepted).boxed().toList());
    }

    /** Writes until it is refused, says how many were accepted and why no more, makes room, and writes one more. */
    public static void main(String[] arguments) throws IOException {
        Exporter exporter = new FileExporterFactory()
                .create(Configs.with(FileExporterConfig.DEFAULT, "path", arguments[0]), new TestContext("file"));
        exporter.start();
        int accepted = 0;
        Outcome outcome = send(exporter, accepted);
        while (outcome.equals(Outcome.ACCEPTED) && accepted < BATCHES) {
            outcome = send(exporter, ++accepted);
        }
        System.out.println(accepted + "\n" + outcome);
        Path file = Path.of(arguments[0]);
        Files.copy(file, file.resolveSibling("full.json"));
        Files.write(file, new byte[0]);
        System.out.println(send(exporter, BATCHES));
        exporter.stop();
    }

    private static Outcome send(Exporter exporter, long number) {
        return exporter.consume(Requests.numbered(Signal.LOGS, number)).result();
    }
}
