package dev.sluice.transport.compression;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** One deflate stream, bare or in zlib's wrapping, out of an array. */
final class InflateStream {
    private final Inflater inflater;

    InflateStream(boolean bare) {
        inflater = new Inflater(bare);
    }

    /** The bytes of the range that the stream has, up to its end. */
    int inflate(byte[] in, int offset, int length, BodyOutput out) throws BodyException {
        inflater.reset();
        inflater.setInput(in, offset, length);
        try {
            while (!inflater.finished()) {
                // Also without room: the end of the stream may still be unread when the last byte has come out.
                int made = inflater.inflate(out.array(), out.position(), out.room());
                out.advance(made);
                if (made == 0 && !inflater.finished()) {
                    more(out);
                }
            }
        } catch (DataFormatException e) {
            throw BodyException.malformed("flate: corrupt input before offset " + inflater.getBytesRead());
        }
        return length - inflater.getRemaining();
    }

    void close() {
        inflater.end();
    }

    private void more(BodyOutput out) throws BodyException {
        if (inflater.needsDictionary()) {
            throw BodyException.malformed("zlib: invalid dictionary");
        }
        if (out.room() > 0) {
            throw BodyException.truncated();
        }
        out.require(1);
    }
}
