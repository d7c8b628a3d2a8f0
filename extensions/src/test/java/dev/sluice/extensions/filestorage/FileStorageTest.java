package dev.sluice.extensions.filestorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.Storage;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileStorageTest {
    @TempDir
    private Path root;

    @Test
    void everyOwnerHasADirectoryOfItsOwn() throws IOException {
        FileStorageExtension storage = storage(root, false);
        try (Storage.Directory one = storage.open("processor_slo_a");
                Storage.Directory other = storage.open("processor_slo_b")) {
            assertThat(one.path()).isDirectory().hasParent(root).isNotEqualTo(other.path());
            Files.writeString(one.path().resolve("x"), "kept");
        }
        try (Storage.Directory again = storage.open("processor_slo_a")) {
            assertThat(again.path().resolve("x")).hasContent("kept");
        }
    }

    @Test
    void aDirectoryIsHeldUntilItIsClosed() throws IOException {
        FileStorageExtension storage = storage(root, false);
        Storage.Directory held = storage.open("a");
        assertThatThrownBy(() -> storage.open("a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is in use");
        held.close();
        storage.open("a").close();
    }

    @Test
    void itWaitsForWhoeverIsAboutToLetGo() throws Exception {
        Path directory = Files.createDirectory(root.resolve("a"));
        FileChannel other =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        other.lock();
        FileStorageConfig patient =
                Configs.with(FileStorageConfig.DEFAULT, "directory", root.toString(), "timeout", Duration.ofMinutes(5));
        FileStorageExtension storage = new FileStorageExtension(patient, new TestContext("file_storage"));
        Thread closer = Thread.ofVirtual().start(() -> {
            try {
                other.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        storage.open("a").close();
        closer.join();
    }

    @Test
    void theDirectoryIsMadeWithItsPermissionsOnlyWhereThatIsWanted() throws IOException {
        Path made = root.resolve("deep/down");
        storage(made, true).start().await();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwxr-x---");
        storage(made, true).start().await();
    }

    @Test
    void whyADirectoryCannotBeMadeIsSaid() throws IOException {
        Path below = Files.createFile(root.resolve("file")).resolve("below");
        assertThatThrownBy(() -> storage(below, true).start().await())
                .hasMessage("cannot make the directory " + below + ": Not a directory");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "directory | /nowhere/at/all | directory: directory must exist: stat /nowhere/at/all: no such file or directory. You can enable the create_directory option to automatically create it",
                "directory | /etc/hostname | directory: /etc/hostname is not a directory",
                "directory_permissions | 0999 | directory_permissions: directory_permissions value must be a valid octal representation",
                "directory_permissions | 7777 | directory_permissions: directory_permissions contain invalid bits for file access",
            })
    void whatIsWrongIsSaid(String key, String value, String problem) {
        FileStorageConfig config = Configs.with(
                FileStorageConfig.DEFAULT,
                "directory",
                root.toString(),
                "create_directory",
                key.equals("directory_permissions"),
                key,
                value);
        assertThat(Configs.problems(config)).isEqualTo(List.of(problem));
    }

    @Test
    void reboundCompactionNeedsAnInterval() {
        FileStorageConfig config = Configs.with(
                FileStorageConfig.DEFAULT,
                "directory",
                root.toString(),
                "compaction::on_rebound",
                true,
                "compaction::check_interval",
                Duration.ZERO);
        assertThat(Configs.problems(config))
                .containsExactly("compaction::check_interval: compaction check interval must be positive when rebound"
                        + " compaction is set");
    }

    private static FileStorageExtension storage(Path directory, boolean create) {
        FileStorageConfig config = Configs.with(
                FileStorageConfig.DEFAULT,
                "directory",
                directory.toString(),
                "create_directory",
                create,
                "timeout",
                Duration.ZERO);
        return new FileStorageExtension(config, new TestContext("file_storage"));
    }
}
