package dev.sluice.extensions.filestorage;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Extension;
import dev.sluice.api.Storage;
import dev.sluice.gotext.GoFileError;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Directories below a common one, each held by a lock, so that no two write to the same. */
final class FileStorageExtension implements Extension, Storage {
    private final FileStorageConfig config;
    private final ComponentContext context;

    FileStorageExtension(FileStorageConfig config, ComponentContext context) {
        this.config = config;
        this.context = context;
    }

    @Override
    public Future<?> start() {
        return config.createDirectory() ? context.blocking(this::create) : Future.succeededFuture();
    }

    private Path create() throws IOException {
        Path directory = Path.of(config.directory());
        return Files.isDirectory(directory)
                ? directory
                : made(directory, PosixFilePermissions.asFileAttribute(config.permissions()));
    }

    @Override
    public Directory open(String owner) throws IOException {
        return LockedDirectory.take(made(Path.of(config.directory(), owner)), config.timeout());
    }

    private static Path made(Path directory, FileAttribute<?>... attributes) throws IOException {
        try {
            return Files.createDirectories(directory, attributes);
        } catch (IOException e) {
            throw new IOException("cannot make the directory " + directory + ": " + GoFileError.reason(e), e);
        }
    }
}
