package dev.sluice.transport.server;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The file of a unix socket, which outlives the process that made it. Blocks. */
final class UnixSocket {
    private UnixSocket() {}

    /** Removes a socket that nobody listens on any more; anything else is left for the bind to fail on. The result is of no meaning. */
    static boolean clear(String file) throws IOException {
        Path path = Path.of(file);
        boolean socket = Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                && !Files.isDirectory(path);
        if (!socket) {
            return false;
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return !probe.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException nobodyListens) {
            return Files.deleteIfExists(path);
        }
    }

    /** Removes what was listened on. */
    static boolean remove(String file) throws IOException {
        return Files.deleteIfExists(Path.of(file));
    }
}
