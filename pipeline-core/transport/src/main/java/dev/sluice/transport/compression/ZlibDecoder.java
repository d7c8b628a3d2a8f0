package dev.sluice.transport.compression;

import org.jspecify.annotations.Nullable;

/**
 * zlib (RFC 1950), which is what HTTP calls deflate too (RFC 9110, 8.4.1.2), and the bare deflate stream (RFC 1951) that many clients
 * send by that name.
 */
final class ZlibDecoder implements BodyDecoder {
    private static final int DEFLATE = 8;

    private final InflateStream wrapped = new InflateStream(false);
    private @Nullable InflateStream bare;

    @Override
    public void decode(byte[] in, int offset, int length, BodyOutput out) throws BodyException {
        if (length < 2) {
            throw BodyException.truncated();
        }
        int read = stream(in[offset] & 0xff, in[offset + 1] & 0xff).inflate(in, offset, length, out);
        if (read < length) {
            throw BodyException.malformed("zlib: data after the end of the stream");
        }
    }

    @Override
    public void close() {
        wrapped.close();
        if (bare != null) {
            bare.close();
        }
    }

    /** A bare stream never looks like the header: it would begin with a stored block whose padding is not zero. */
    private InflateStream stream(int method, int flags) {
        if ((method & 0xf) == DEFLATE && method >>> 4 <= 7 && ((method << 8) | flags) % 31 == 0) {
            return wrapped;
        }
        if (bare == null) {
            bare = new InflateStream(true);
        }
        return bare;
    }
}
