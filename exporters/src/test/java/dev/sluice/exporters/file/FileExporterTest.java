package dev.sluice.exporters.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Exporter;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.json.OtlpJson;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.Requests;
import dev.sluice.testkit.TestContext;
import dev.sluice.testkit.TestServiceInfo;
import dev.sluice.transport.client.HttpClientConfig.CompressionParams;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileExporterTest {
    private final TestContext context = new TestContext("file");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(Signal.class)
    void jsonIsOneRequestInALine(Signal signal) throws IOException {
        Path file = directory.resolve("out.json");
        write(config(file), Requests.numbered(signal, 1), Requests.numbered(signal, 2));

        List<byte[]> lines = Written.lines(Files.readAllBytes(file));
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).isEqualTo(json(Requests.numbered(signal, 1)));
        assertThat(Written.numbers(signal, file)).containsExactly(1L, 2L);
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void protoStandsBehindItsLength(Signal signal) throws IOException {
        Path file = directory.resolve("out.bin");
        Telemetry merged = Telemetry.of(
                signal,
                Bytes.concat(List.of(
                        Requests.numbered(signal, 2).wire(),
                        Requests.numbered(signal, 3).wire())),
                Origin.INTERNAL);
        write(config(file, "format", "proto"), Requests.numbered(signal, 1), merged);

        assertThat(Written.messages(Files.readAllBytes(file)))
                .containsExactly(
                        Requests.numbered(signal, 1).wire().toByteArray(),
                        merged.wire().toByteArray());
    }

    @Test
    void compressedRequestsStandBehindTheirLengthInBothFormats() throws IOException {
        Telemetry batch = Requests.numbered(Signal.TRACES, 7);
        Path json = directory.resolve("json");
        write(config(json, "compression", "zstd"), batch, batch);
        List<byte[]> messages = Written.messages(Files.readAllBytes(json));
        assertThat(messages).hasSize(2);
        assertThat(Written.decompressed(messages.get(1))).isEqualTo(json(batch));

        Path proto = directory.resolve("proto");
        write(
                config(
                        proto,
                        "format",
                        "proto",
                        "compression",
                        "zstd",
                        "compression_params",
                        new CompressionParams(11)),
                batch);
        assertThat(Written.decompressed(
                        Written.messages(Files.readAllBytes(proto)).getFirst()))
                .isEqualTo(batch.wire().toByteArray());
    }

    @Test
    void theGateMakesAFileThatIsCompressedAsAWhole() throws IOException {
        context.service(new TestServiceInfo(
                "sluice",
                "0.1.0",
                Instant.EPOCH,
                true,
                List.of(),
                List.of(),
                Map.of("exporter.file.nativeCompression", true)));
        Telemetry batch = Requests.numbered(Signal.LOGS, 7);
        Path json = directory.resolve("out.json.zst");
        write(config(json, "compression", "zstd"), batch, batch);
        assertThat(Written.lines(Written.decompressed(Files.readAllBytes(json))))
                .containsExactly(json(batch), json(batch));

        Path proto = directory.resolve("out.zst");
        write(config(proto, "format", "proto", "compression", "zstd"), batch, batch);
        assertThat(Written.messages(Written.decompressed(Files.readAllBytes(proto))))
                .containsExactly(batch.wire().toByteArray(), batch.wire().toByteArray());
    }

    @Test
    void aFileOfAnEarlierProcessIsEmptiedUnlessToAppend() throws IOException {
        Path file = directory.resolve("out.json");
        write(config(file), Requests.numbered(Signal.LOGS, 1));
        madeBeforeTheProcess(file);
        write(config(file), Requests.numbered(Signal.LOGS, 2));
        assertThat(Written.numbers(Signal.LOGS, file)).containsExactly(2L);

        madeBeforeTheProcess(file);
        write(config(file, "append", true), Requests.numbered(Signal.LOGS, 3));
        assertThat(Written.numbers(Signal.LOGS, file)).containsExactly(2L, 3L);
    }

    @Test
    void aReloadGoesOnBehindWhatIsThere() throws IOException {
        Path file = directory.resolve("out.json");
        write(config(file), Requests.numbered(Signal.LOGS, 1));
        write(config(file), Requests.numbered(Signal.LOGS, 2));
        assertThat(Written.numbers(Signal.LOGS, file)).containsExactly(1L, 2L);
    }

    @Test
    void brokenBytesAreRefusedAndTheOthersWritten() throws IOException {
        Path file = directory.resolve("out.json");
        RecordFormat format = new RecordFormat(config(file), false);
        Destination destination = new OneFile(file.toString(), format, new OutputFiles(config(file), context));
        destination.open();
        Telemetry broken = Telemetry.of(Signal.LOGS, Bytes.of(new byte[] {10, 100}), Origin.INTERNAL);
        List<Outcome> outcomes = destination.write(
                List.of(Requests.numbered(Signal.LOGS, 1), broken, Requests.numbered(Signal.LOGS, 2)));
        destination.close();

        assertThat(outcomes.get(0)).isEqualTo(Outcome.ACCEPTED);
        assertThat(reason(outcomes.get(1))).isEqualTo(Reason.INVALID);
        assertThat(outcomes.get(2)).isEqualTo(Outcome.ACCEPTED);
        assertThat(Written.numbers(Signal.LOGS, file)).containsExactly(1L, 2L);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDeviceRefusesForNowAndThePathIsOpenedAgain() throws IOException {
        Path file = directory.resolve("out.json");
        Files.createSymbolicLink(file, Path.of("/dev/full"));
        Exporter exporter = started(config(file));
        assertThat(reason(send(exporter, Requests.numbered(Signal.LOGS, 1)))).isEqualTo(Reason.UNAVAILABLE);

        Files.delete(file);
        assertThat(send(exporter, Requests.numbered(Signal.LOGS, 2))).isEqualTo(Outcome.ACCEPTED);
        done(exporter.stop());
        assertThat(Written.numbers(Signal.LOGS, file)).containsExactly(2L);
    }

    @Test
    void startFailsWithoutTheDirectoryUnlessItIsToBeMade() throws IOException {
        Path file = directory.resolve("a/b/out.json");
        Exporter exporter = new FileExporterFactory().create(config(file), context);
        assertThat(exporter.start().cause()).hasMessage("cannot open " + file + ": no such file or directory");

        FileExporterConfig making = config(file, "create_directory", true, "directory_permissions", "0700");
        write(making, Requests.numbered(Signal.LOGS, 1));
        assertThat(Written.numbers(Signal.LOGS, file)).containsExactly(1L);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void batchesOfManySendersKeepTheirOrderAndStopWaitsForThem() throws Exception {
        Path file = directory.resolve("out.json");
        HeldWork held = new HeldWork();
        Exporter exporter = new FileExporterFactory().create(config(file), held.context(context));
        exporter.start();
        held.runAll();
        List<Future<Outcome>> answers = java.util.stream.LongStream.range(0, 5)
                .mapToObj(number -> exporter.consume(Requests.numbered(Signal.LOGS, number)))
                .toList();
        Future<?> stopped = exporter.stop();
        assertThat(answers).noneMatch(Future::isComplete);
        assertThat(reason(exporter.consume(Requests.numbered(Signal.LOGS, 9)).result()))
                .isEqualTo(Reason.UNAVAILABLE);

        held.runNext();
        assertThat(answers)
                .satisfiesExactly(
                        first -> assertThat(first.result()).isEqualTo(Outcome.ACCEPTED),
                        second -> assertThat(second.isComplete()).isFalse(),
                        third -> assertThat(third.isComplete()).isFalse(),
                        fourth -> assertThat(fourth.isComplete()).isFalse(),
                        fifth -> assertThat(fifth.isComplete()).isFalse());
        assertThat(stopped.isComplete()).isFalse();
        held.runNext();
        assertThat(answers).allMatch(answer -> Outcome.ACCEPTED.equals(answer.result()));
        held.runAll();
        assertThat(stopped.succeeded()).isTrue();
        assertThat(Written.numbers(Signal.LOGS, file)).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    private static byte[] json(Telemetry batch) {
        return OtlpJson.encode(batch.signal(), batch.wire());
    }

    private FileExporterConfig config(Path file, Object... options) {
        return Configs.with(Configs.with(FileExporterConfig.DEFAULT, "path", file.toString()), options);
    }

    private Exporter started(FileExporterConfig config) {
        Exporter exporter = new FileExporterFactory().create(config, context);
        done(exporter.start());
        return exporter;
    }

    private void write(FileExporterConfig config, Telemetry... batches) {
        Exporter exporter = started(config);
        for (Telemetry batch : batches) {
            assertThat(send(exporter, batch)).isEqualTo(Outcome.ACCEPTED);
        }
        done(exporter.stop());
        done(exporter.stop());
    }

    private static Outcome send(Exporter exporter, Telemetry batch) {
        return exporter.consume(batch).result();
    }

    private void madeBeforeTheProcess(Path file) throws IOException {
        Files.setLastModifiedTime(
                file, FileTime.from(context.service().started().minusSeconds(1)));
    }

    private static void done(Future<?> future) {
        assertThat(future.succeeded()).as(() -> String.valueOf(future.cause())).isTrue();
    }

    private static Reason reason(Outcome outcome) {
        return ((Refused) outcome).reason();
    }
}
