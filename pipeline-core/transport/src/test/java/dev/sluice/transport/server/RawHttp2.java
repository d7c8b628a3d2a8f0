package dev.sluice.transport.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An HTTP/2 connection on which a test writes and reads frames as it likes (RFC 9113, 4 and 6). */
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int ACK = 1;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    private final Socket socket;
    private final DataInputStream in;

    /** Connects and says hello. */
    RawHttp2(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    RawHttp2(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(socket.getInputStream());
        raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    /** A frame that came. */
    record Frame(int type, int flags, int stream, ByteBuffer payload) {
        boolean is(int expected) {
            return type == expected;
        }

        /** Of GOAWAY and RST_STREAM. */
        int errorCode() {
            return payload.getInt(type == GOAWAY ? 4 : 0);
        }

        int lastStream() {
            return payload.getInt(0);
        }

        /** The bytes as text; headers in Huffman code do not show. */
        String text() {
            return StandardCharsets.ISO_8859_1.decode(payload.duplicate()).toString();
        }
    }

    RawHttp2 raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    RawHttp2 frame(int type, int flags, int stream, byte[] payload) throws IOException {
        return raw(bytes(type, flags, stream, payload));
    }

    static byte[] bytes(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** A gRPC request's headers. */
    RawHttp2 call(int stream, String path, Map<String, String> more) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        header(block, ":method", "POST");
        header(block, ":scheme", "http");
        header(block, ":path", path);
        header(block, ":authority", "localhost");
        header(block, "te", "trailers");
        if (!more.containsKey("content-type")) {
            header(block, "content-type", "application/grpc");
        }
        more.forEach((name, value) -> header(block, name, value));
        return frame(HEADERS, END_HEADERS, stream, block.toByteArray());
    }

    /** A literal header without indexing (RFC 7541, 6.2.2), neither string in Huffman code. */
    static void header(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        string(block, name);
        string(block, value);
    }

    private static void string(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int length = bytes.length;
        if (length < 127) {
            block.write(length);
        } else {
            block.write(127);
            length -= 127;
            while (length >= 128) {
                block.write((length & 127) | 128);
                length >>= 7;
            }
            block.write(length);
        }
        block.writeBytes(bytes);
    }

    /** The next frame. */
    Frame read() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(type, flags, stream, ByteBuffer.wrap(payload));
    }

    /** The next frame of the type, whatever comes before it; null if the connection ends. */
    Frame next(int type) throws IOException {
        try {
            Frame frame = read();
            while (!frame.is(type)) {
                frame = read();
            }
            return frame;
        } catch (EOFException | java.net.SocketException end) {
            return null;
        }
    }

    /** The server has closed, perhaps after some more frames. */
    boolean ended() throws IOException {
        while (next(-1) != null) {
            Thread.onSpinWait();
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
