package dev.sluice.gotext;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoFileErrorTest {
    @TempDir
    private Path folder;

    @Test
    void reasonIsThatOfTheSystem() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(reason(() -> Files.readString(folder.resolve("none")))).isEqualTo("no such file or directory");
        assertThat(reason(() -> Files.createDirectories(file))).isEqualTo("not a directory");
        assertThat(reason(() -> Files.readString(folder))).isEqualTo("Is a directory");
        assertThat(GoFileError.reason(new AccessDeniedException("/x"))).isEqualTo("permission denied");
        assertThat(GoFileError.reason(new FileSystemException("/x", null, "Read-only file system")))
                .isEqualTo("Read-only file system");
        assertThat(GoFileError.reason(new IOException("disk quota exceeded"))).isEqualTo("disk quota exceeded");
    }

    private static String reason(ThrowingCallable failing) {
        try {
            failing.call();
        } catch (IOException e) {
            return GoFileError.reason(e);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("it did not fail");
    }
}
