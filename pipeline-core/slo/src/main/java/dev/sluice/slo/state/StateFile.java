package dev.sluice.slo.state;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file that is replaced as a whole: there is always either the one before or the new one, both complete, whatever happens to the process or the machine.
 * It begins with a mark and the version of its form and ends with a checksum of all before. Everything here blocks.
 */
public final class StateFile {
    private static final byte[] MARK = {'S', 'L', 'U', 'I', 'C', 'E', 'S', 'T'};
    private static final int VERSION = 2;
    private static final int HEADER = MARK.length + 1;

    private final Path path;
    private final Path fresh;

    public StateFile(Path path) {
        this.path = path;
        fresh = path.resolveSibling(path.getFileName() + ".new");
    }

    /** Reads the content. */
    public interface Content<T> {
        T read(StateReader in) throws IOException;
    }

    /**
     * The content; null if there is no file.
     *
     * @throws DamagedException if it is not a whole file of a version that is known
     */
    public <T> @Nullable T read(Content<T> content) throws IOException {
        long length;
        try (InputStream file = new BufferedInputStream(Files.newInputStream(path))) {
            length = checked(file, Files.size(path));
        } catch (NoSuchFileException e) {
            return null;
        }
        try (InputStream file = new BufferedInputStream(Files.newInputStream(path))) {
            file.skipNBytes(HEADER);
            return content.read(new StateReader(file));
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new DamagedException("does not make sense in " + length + " bytes: " + e.getMessage());
        }
    }

    /** Reads it all before any of it is believed. */
    private static long checked(InputStream file, long size) throws IOException {
        long content = size - Integer.BYTES;
        if (content < HEADER) {
            throw new DamagedException("is cut off after " + size + " bytes");
        }
        CheckedInputStream checked = new CheckedInputStream(file, new CRC32C());
        byte[] mark = checked.readNBytes(MARK.length);
        if (!Arrays.equals(mark, MARK)) {
            throw new DamagedException("is not a file of this kind");
        }
        int version = checked.read();
        if (version != VERSION) {
            throw new DamagedException("has version " + version + ", and only " + VERSION + " is known");
        }
        checked.skipNBytes(content - HEADER);
        int sum = (int) checked.getChecksum().getValue();
        if (new DataInputStream(file).readInt() != sum) {
            throw new DamagedException("is damaged or cut off: its checksum is another");
        }
        return content;
    }

    /** Gives the file another name, under which it can be looked at, and says which. One that was set aside before is replaced. */
    public Path setAside() throws IOException {
        return Files.move(
                path,
                path.resolveSibling(path.getFileName() + ".damaged"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Begins a new file, which takes the place of the one there is when it is complete. */
    public Replacement replace() throws IOException {
        return new Replacement();
    }

    /** A file that is being written. */
    public final class Replacement {
        private final FileChannel channel;
        private final CRC32C sum = new CRC32C();

        private Replacement() throws IOException {
            channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            try {
                write(MARK);
                write(new byte[] {VERSION});
            } catch (IOException e) {
                abandon();
                throw e;
            }
        }

        public void write(byte[] piece) throws IOException {
            sum.update(piece);
            put(ByteBuffer.wrap(piece));
        }

        /** Nothing follows: forces it to disk, and only then gives it its name. */
        public void complete() throws IOException {
            try (channel) {
                put(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) sum.getValue())
                        .flip());
                channel.force(true);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel directory = FileChannel.open(path.toAbsolutePath().getParent())) {
                directory.force(true);
            }
        }

        /** Gives up. */
        public void abandon() throws IOException {
            channel.close();
            Files.deleteIfExists(fresh);
        }

        private void put(ByteBuffer buffer) throws IOException {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }
}
