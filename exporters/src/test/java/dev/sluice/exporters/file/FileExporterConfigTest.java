package dev.sluice.exporters.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ComponentId;
import dev.sluice.exporters.file.FileExporterConfig.GroupBy;
import dev.sluice.exporters.file.FileExporterConfig.Rotation;
import dev.sluice.testkit.Configs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileExporterConfigTest {
    @Test
    void whatTheCollectorRefusesIsRefusedInItsWords() {
        assertThat(problems("path", "")).containsExactly("path: path must be non-empty");
        assertThat(problems("append", true, "rotation", Rotation.DEFAULT))
                .containsExactly("append: append and rotation enabled at the same time is not supported");
        assertThat(problems("format", "text")).containsExactly("format: format type is not supported");
        assertThat(problems("compression", "gzip")).containsExactly("compression: compression is not supported");
        assertThat(problems("flush_interval", Duration.ofSeconds(-1)))
                .containsExactly("flush_interval: flush_interval must be larger than zero");
        assertThat(problems("directory_permissions", "0755"))
                .containsExactly("directory_permissions: directory_permissions requires create_directory to be true");
        assertThat(problems("create_directory", true, "directory_permissions", "rwx"))
                .containsExactly(
                        "directory_permissions: directory_permissions value must be a valid octal representation");
        assertThat(problems("create_directory", true, "directory_permissions", "1777"))
                .containsExactly("directory_permissions: directory_permissions contain invalid bits for file access");
        assertThat(problems("group_by", new GroupBy(true, "x", 1)))
                .containsExactly("path: path must contain exactly one * when group_by is enabled");
        assertThat(problems("path", "a/*/*", "group_by", new GroupBy(true, "x", 1)))
                .containsExactly("path: path must contain exactly one * when group_by is enabled");
        assertThat(problems("path", "*/a", "group_by", new GroupBy(true, "x", 1)))
                .containsExactly("path: path must not start with * when group_by is enabled");
        assertThat(problems("path", "a/*", "group_by", new GroupBy(true, "", 1)))
                .containsExactly(
                        "group_by::resource_attribute: resource_attribute must not be empty when group_by is enabled");
        assertThat(problems("path", "a/*", "group_by", new GroupBy(true, "x", 0)))
                .containsExactly("group_by::max_open_files: max_open_files must be positive when group_by is enabled");
    }

    @Test
    void anEncodingIsRefusedWhileThereIsNone() {
        assertThat(problems("encoding", ComponentId.parse("otlp_encoding")))
                .containsExactly("encoding: unknown encoding \"otlp_encoding\": there are no encoding extensions yet");
    }

    @Test
    void negativeLimitsOfRotationAreRefused() {
        assertThat(Configs.problems(new Rotation(-1, -1, -1, false)))
                .containsExactly(
                        "max_megabytes: max_megabytes must not be negative",
                        "max_days: max_days must not be negative",
                        "max_backups: max_backups must not be negative");
    }

    @Test
    void everythingElseIsFine() {
        assertThat(problems()).isEmpty();
        assertThat(problems("rotation", Rotation.DEFAULT, "format", "proto", "compression", "zstd"))
                .isEmpty();
        assertThat(problems("create_directory", true, "directory_permissions", "0750"))
                .isEmpty();
        assertThat(problems("path", "a/*", "group_by", new GroupBy(true, "x", 1)))
                .isEmpty();
        assertThat(problems("group_by", new GroupBy(false, "", 0))).isEmpty();
        assertThat(problems("flush_interval", Duration.ZERO)).isEmpty();
    }

    private static List<String> problems(Object... options) {
        return Configs.problems(Configs.with(Configs.with(FileExporterConfig.DEFAULT, "path", "out"), options));
    }
}
