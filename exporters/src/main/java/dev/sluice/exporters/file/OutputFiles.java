package dev.sluice.exporters.file;

import dev.sluice.api.ComponentContext;
import dev.sluice.gotext.GoFileError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the files and directories of one exporter. For one thread at a time. */
final class OutputFiles {
    private static final PosixFilePermission[] FROM_LOWEST_BIT = {
        PosixFilePermission.OTHERS_EXECUTE,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_READ,
    };
    private static final int STAGE_BYTES = 64 << 10;

    private final FileExporterConfig config;
    private final ComponentContext context;
    /** Shared by all files, since one is written to at a time. */
    private @Nullable ByteBuffer stage;

    OutputFiles(FileExporterConfig config, ComponentContext context) {
        this.config = config;
        this.context = context;
    }

    /** A file that is not open yet. */
    OutputFile at(Path path) {
        Backups backups =
                config.rotation() == null ? null : new Backups(path, config.rotation(), context.clock(), context.log());
        boolean keep = config.append() || backups != null;
        return new OutputFile(path, keep, backups, context.service().started(), this::stage);
    }

    void makeDirectoryIfAsked(Path file) throws IOException {
        if (config.createDirectory()) {
            makeDirectory(file);
        }
    }

    /** Makes all that is missing on the way to the file. */
    void makeDirectory(Path file) throws IOException {
        Path directory = file.getParent();
        if (directory == null || Files.isDirectory(directory)) {
            return;
        }
        try {
            Files.createDirectories(directory, permissions(directory));
        } catch (IOException e) {
            throw new IOException("cannot make the directory " + directory + ": " + GoFileError.reason(e), e);
        }
    }

    private FileAttribute<?>[] permissions(Path directory) {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < FROM_LOWEST_BIT.length; bit++) {
            if ((config.permissions() >> bit & 1) != 0) {
                permissions.add(FROM_LOWEST_BIT[bit]);
            }
        }
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    }

    private ByteBuffer stage() {
        if (stage == null) {
            stage = ByteBuffer.allocateDirect(STAGE_BYTES);
        }
        return stage;
    }
}
