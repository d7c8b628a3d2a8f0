package dev.sluice.extensions.filestorage;

import dev.sluice.api.Storage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** A directory with a lock in it, which the system lets go of when the process ends, however that ends. */
final class LockedDirectory implements Storage.Directory {
    private static final String LOCK = "lock";
    private static final long PAUSE_MILLIS = 50;

    private final Path path;
    private final FileChannel lock;

    private LockedDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Waits so long for whoever has it now. */
    static LockedDirectory take(Path directory, Duration timeout) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            for (long left = timeout.toMillis(); !locked(channel); left -= PAUSE_MILLIS) {
                if (left <= 0) {
                    throw new IOException(directory + " is in use: somebody else holds its lock");
                }
                Thread.sleep(PAUSE_MILLIS);
            }
            return new LockedDirectory(directory, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        } catch (InterruptedException e) {
            channel.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + directory, e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Another of this process.
            return false;
        }
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
