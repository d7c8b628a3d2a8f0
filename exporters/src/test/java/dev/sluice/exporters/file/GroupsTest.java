package dev.sluice.exporters.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.Exporter;
import dev.sluice.api.Origin;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outcome.Reason;
import dev.sluice.api.Outcome.Refused;
import dev.sluice.api.Telemetry;
import dev.sluice.exporters.file.FileExporterConfig.GroupBy;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.TestContext;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupsTest {
    private final TestContext context = new TestContext("file");

    @TempDir
    private Path directory;

    /** Expected values as the Go exporter's {@code fullPath} gives them. */
    @ParameterizedTest
    @CsvSource({
        "/data/*.json, a, /data/a.json",
        "/data/*.json, a/b, /data/a/b.json",
        "/data/*.json, ./a, /data/a.json",
        "/data/*.json, ../etc/my_config, /data/etc/my_config.json",
        "/data/*.json, ../../../etc/my_config, /data/etc/my_config.json",
        "/data/*.json, a/../../etc/passwd, /data/etc/passwd.json",
        "/data/*.json, '', /data/.json",
        "/data/x-*, ../../y, /data/x-/y",
        "/data/*, /etc/passwd, /data/etc/passwd",
        "./group_by/*.json, a, group_by/a.json",
        "./group_by/*.json, ../../a, group_by/a.json",
        "./*.json, ../../../a, a.json",
        "/data/../*.json, ../a, /a.json",
        "../x/*, ../../a, ../x/a",
        "/data/x-*, y/../z, /data/x-/z",
    })
    void pathsStayWhereTheConfigurationSays(String pattern, String group, String path) {
        assertThat(new GroupPath(pattern).of(group)).isEqualTo(Path.of(path));
    }

    @Test
    void namesThatCannotBeAreRefused() {
        GroupPath path = new GroupPath("/data/*.json");
        assertThatThrownBy(() -> path.of("a\0b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> path.of("é".repeat(126))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> path.of("a/".repeat(2100))).isInstanceOf(IllegalArgumentException.class);
        assertThat(path.of("é".repeat(125))).hasFileName("é".repeat(125) + ".json");
    }

    @Test
    void resourcesGoToTheFilesOfTheirGroupsAndThoseWithoutToNone() throws IOException {
        Exporter exporter = started(2);
        assertThat(send(exporter, resource("a", 1), resource("b", 2), resource("a", 3), resource("", 4)))
                .isEqualTo(Outcome.ACCEPTED);
        assertThat(send(exporter)).isEqualTo(Outcome.ACCEPTED);
        assertThat(send(
                        exporter,
                        Resource.newBuilder().addAttributes(attribute("other", text("a"))),
                        Resource.newBuilder()
                                .addAttributes(
                                        attribute("group", AnyValue.newBuilder().setIntValue(3)))))
                .isEqualTo(Outcome.ACCEPTED);
        exporter.stop();
        assertThat(Written.numbers(Signal.LOGS, file("a"))).containsExactly(1L, 3L);
        assertThat(Written.numbers(Signal.LOGS, file("b"))).containsExactly(2L);
        assertThat(Written.numbers(Signal.LOGS, file(""))).containsExactly(4L);
        assertThat(Written.lines(Files.readAllBytes(file("a")))).hasSize(1);
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void aFileThatWasClosedForOthersIsGoneOnWith() throws IOException {
        Exporter exporter = started(1);
        for (int round = 0; round < 3; round++) {
            send(exporter, resource("x/a", round));
            send(exporter, resource("x/b", round));
        }
        exporter.stop();
        assertThat(Written.numbers(Signal.LOGS, file("x/a"))).containsExactly(0L, 1L, 2L);
        assertThat(Written.numbers(Signal.LOGS, file("x/b"))).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aNameThatCannotBeIsNoReasonToTryAgainButAMissingDirectoryIs() throws IOException {
        Exporter exporter = started(2);
        Files.createDirectory(file("d"));
        assertThat(reason(send(exporter, resource("d", 1), resource("a", 1)))).isEqualTo(Reason.INVALID);
        assertThat(reason(send(exporter, resource("\0", 1)))).isEqualTo(Reason.INVALID);
        Files.createFile(directory.resolve("f"));
        assertThat(reason(send(exporter, resource("\0", 2), resource("f/x", 2), resource("\0", 2))))
                .isEqualTo(Reason.UNAVAILABLE);
        exporter.stop();
        assertThat(Written.numbers(Signal.LOGS, file("a"))).containsExactly(1L);
    }

    @Test
    void brokenBytesAreRefused() {
        Exporter exporter = started(2);
        Telemetry broken = Telemetry.of(Signal.LOGS, Bytes.of(new byte[] {10, 100}), Origin.INTERNAL);
        assertThat(reason(exporter.consume(broken).result())).isEqualTo(Reason.INVALID);
        exporter.stop();
    }

    private Exporter started(int maxOpenFiles) {
        FileExporterConfig config = Configs.with(
                FileExporterConfig.DEFAULT,
                "path",
                directory + "/*.json",
                "group_by",
                new GroupBy(true, "group", maxOpenFiles));
        Exporter exporter = new FileExporterFactory().create(config, context);
        assertThat(exporter.start().succeeded()).isTrue();
        return exporter;
    }

    private Path file(String group) {
        return directory.resolve(group + ".json");
    }

    private static Outcome send(Exporter exporter, Resource.Builder... resources) {
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        for (Resource.Builder resource : resources) {
            request.addResourceLogsBuilder()
                    .setResource(resource)
                    .addScopeLogsBuilder()
                    .addLogRecordsBuilder()
                    .setBody(AnyValue.newBuilder().setIntValue(resource.getDroppedAttributesCount()));
        }
        return exporter.consume(
                        Telemetry.of(Signal.LOGS, Bytes.of(request.build().toByteArray()), Origin.INTERNAL))
                .result();
    }

    private static Resource.Builder resource(String group, int number) {
        return Resource.newBuilder()
                .addAttributes(attribute("group", text(group)))
                .setDroppedAttributesCount(number);
    }

    private static KeyValue.Builder attribute(String key, AnyValue.Builder value) {
        return KeyValue.newBuilder().setKey(key).setValue(value);
    }

    private static AnyValue.Builder text(String text) {
        return AnyValue.newBuilder().setStringValue(text);
    }

    private static Reason reason(Outcome outcome) {
        return ((Refused) outcome).reason();
    }
}
