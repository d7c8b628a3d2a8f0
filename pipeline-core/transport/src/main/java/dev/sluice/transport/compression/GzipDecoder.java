package dev.sluice.transport.compression;

import java.util.zip.CRC32;

/** gzip (RFC 1952): one member or several. */
final class GzipDecoder implements BodyDecoder {
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    /** Fixed part of the header; checksum and size behind the stream. */
    private static final int HEAD = 10;

    private static final int TAIL = 8;

    private final InflateStream stream = new InflateStream(true);
    private final CRC32 crc = new CRC32();

    @Override
    public void decode(byte[] in, int offset, int length, BodyOutput out) throws BodyException {
        int end = offset + length;
        if (length >= HEAD + TAIL) {
            // Right for a body of one member, and if it is not changed on the way.
            out.about(LittleEndian.unsigned32(in, end - 4));
        }
        int at = offset;
        do {
            at = member(in, at, end, out);
        } while (at < end);
    }

    @Override
    public void close() {
        stream.close();
    }

    /** Reads one and answers where the next one begins. */
    private int member(byte[] in, int from, int end, BodyOutput out) throws BodyException {
        int start = out.position();
        int at = header(in, from, end);
        at += stream.inflate(in, at, end - at, out);
        if (end - at < TAIL) {
            throw BodyException.truncated();
        }
        int size = out.position() - start;
        crc.reset();
        crc.update(out.array(), start, size);
        if (LittleEndian.unsigned32(in, at) != crc.getValue() || LittleEndian.signed32(in, at + 4) != size) {
            throw BodyException.malformed("gzip: invalid checksum");
        }
        return at + TAIL;
    }

    private int header(byte[] in, int from, int end) throws BodyException {
        if (end - from < HEAD) {
            throw BodyException.truncated();
        }
        if (in[from] != 0x1f || in[from + 1] != (byte) 0x8b || in[from + 2] != 8) {
            throw invalidHeader();
        }
        int flags = in[from + 3];
        int at = from + HEAD;
        if ((flags & EXTRA) != 0) {
            if (end - at < 2) {
                throw BodyException.truncated();
            }
            at += 2 + LittleEndian.unsigned16(in, at);
        }
        if ((flags & NAME) != 0) {
            at = text(in, at, end);
        }
        if ((flags & COMMENT) != 0) {
            at = text(in, at, end);
        }
        if ((flags & HEADER_CRC) != 0) {
            at = headerCrc(in, from, at, end);
        }
        if (at > end) {
            throw BodyException.truncated();
        }
        return at;
    }

    /** Passes over a text that ends with a zero. */
    private static int text(byte[] in, int from, int end) throws BodyException {
        for (int at = from; at < end; at++) {
            if (in[at] == 0) {
                return at + 1;
            }
        }
        throw BodyException.truncated();
    }

    private int headerCrc(byte[] in, int from, int at, int end) throws BodyException {
        if (end - at < 2) {
            throw BodyException.truncated();
        }
        crc.reset();
        crc.update(in, from, at - from);
        if (LittleEndian.unsigned16(in, at) != (crc.getValue() & 0xffff)) {
            throw invalidHeader();
        }
        return at + 2;
    }

    private static BodyException invalidHeader() {
        return BodyException.malformed("gzip: invalid header");
    }
}
