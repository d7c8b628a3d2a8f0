package dev.sluice.exporters.file;

import dev.sluice.gotext.GoFileError;
import dev.sluice.otlp.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The end of one file. Records are written whole or not at all: after a failure the file is cut back to the last whole record before
 * anything else is written. For one thread at a time.
 */
final class OutputFile {
    private static final long UNKNOWN = -1;

    private final Path path;
    private final boolean keep;
    private final @Nullable Backups backups;
    private final Instant processStart;
    private final Supplier<ByteBuffer> stage;
    private @Nullable FileChannel channel;
    /** A device or a pipe has no size and cannot be cut. */
    private boolean regular;
    /** Of the whole records in the file, as far as this object knows it. */
    private long size = UNKNOWN;

    /**
     * @param keep what is in the file; otherwise it is emptied when opened, unless this process has written it: before a reload, or
     *     before it was closed because too many files were open
     * @param backups where the file goes when it is full; null if it never is
     * @param stage gives memory that is written from
     */
    OutputFile(Path path, boolean keep, @Nullable Backups backups, Instant processStart, Supplier<ByteBuffer> stage) {
        this.path = path;
        this.keep = keep;
        this.backups = backups;
        this.processStart = processStart;
        this.stage = stage;
    }

    Path path() {
        return path;
    }

    /** Does nothing if the file is open. */
    void open() throws IOException {
        if (channel != null) {
            return;
        }
        try {
            regular = Files.isRegularFile(path) || Files.notExists(path);
            boolean empty = regular && !keep && size == UNKNOWN && Files.exists(path) && !writtenByThisProcess();
            channel =
                    FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), permissions());
            if (!regular) {
                size = 0;
            } else if (empty) {
                channel.truncate(0);
                size = 0;
            } else if (size != UNKNOWN && channel.size() > size) {
                channel.truncate(size);
            } else {
                size = channel.size();
            }
            if (backups != null) {
                backups.prune();
            }
        } catch (IOException e) {
            giveUp();
            throw new IOException("cannot open " + path + ": " + GoFileError.reason(e), e);
        }
    }

    /**
     * Writes the first records, as many as go before the file is full and at least one, and returns how many. When it throws none of
     * them is in the file, or will be when it is next written to.
     */
    int write(List<Bytes> records) throws IOException {
        open();
        if (backups != null && isFull(size, records.getFirst())) {
            rotate(backups);
        }
        int count = 0;
        long sizeAfter = size;
        while (count < records.size() && (count == 0 || !isFull(sizeAfter, records.get(count)))) {
            sizeAfter += records.get(count).length();
            count++;
        }
        try {
            write(records.subList(0, count), stage.get());
        } catch (IOException e) {
            giveUp();
            throw new IOException("cannot write to " + path + ": " + GoFileError.reason(e), e);
        }
        size = sizeAfter;
        return count;
    }

    void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    /** A record that is larger than a whole file gets one of its own. */
    private boolean isFull(long size, Bytes record) {
        return backups != null && regular && size > 0 && size + record.length() > backups.maxBytes();
    }

    private void rotate(Backups to) throws IOException {
        close();
        try {
            to.take();
        } catch (IOException e) {
            throw new IOException("cannot rotate " + path + ": " + GoFileError.reason(e), e);
        }
        size = UNKNOWN;
        open();
    }

    private void write(List<Bytes> records, ByteBuffer buffer) throws IOException {
        buffer.clear();
        for (Bytes record : records) {
            for (int i = 0; i < record.sliceCount(); i++) {
                int at = record.sliceOffset(i);
                int end = at + record.sliceLength(i);
                while (at < end) {
                    int part = Math.min(buffer.remaining(), end - at);
                    buffer.put(record.sliceArray(i), at, part);
                    at += part;
                    if (!buffer.hasRemaining()) {
                        empty(buffer);
                    }
                }
            }
        }
        empty(buffer);
    }

    private void empty(ByteBuffer buffer) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            throw new IllegalStateException(path + " is not open");
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
            open.write(buffer);
        }
        buffer.clear();
    }

    /** Cuts the file if that is still possible; otherwise the next {@link #open} does. */
    private void giveUp() {
        FileChannel broken = channel;
        channel = null;
        if (broken == null) {
            return;
        }
        try (broken) {
            if (regular && size != UNKNOWN) {
                broken.truncate(size);
            }
        } catch (IOException e) {
            // The failure that brought us here is the one to tell of.
        }
    }

    /** The kernel's clock for files may be a tick behind, which a process's start takes many of. */
    private boolean writtenByThisProcess() throws IOException {
        return !Files.getLastModifiedTime(path).toInstant().isBefore(processStart);
    }

    private FileAttribute<?>[] permissions() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"))
                }
                : new FileAttribute<?>[0];
    }
}
