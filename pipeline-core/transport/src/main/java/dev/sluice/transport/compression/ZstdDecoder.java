package dev.sluice.transport.compression;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

/**
 * Zstandard (RFC 8878), frames and skippable frames. A body is decoded in one piece: the output serves as the window, so none is
 * allocated. Where the frames do not say how much they hold, it starts again with twice the room, which is no more than twice the work.
 */
final class ZstdDecoder implements BodyDecoder {
    private static final long TOO_SMALL = Zstd.errDstSizeTooSmall();

    /** A first guess where nothing is said, in multiples of the compressed size. */
    private static final int LIKELY = 8;

    private static final int LEAST = 64 * 1024;

    private final ZstdFrames frames = new ZstdFrames();
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();

    @Override
    public void decode(byte[] in, int offset, int length, BodyOutput out) throws BodyException {
        frames.read(in, offset, offset + length);
        if (frames.declared()) {
            out.exactly(frames.most());
        } else {
            long guess = Math.min(frames.most(), Math.max(LEAST, (long) LIKELY * length));
            out.require(out.fits(guess) ? (int) guess : LEAST);
        }
        while (!decoded(in, offset, length, out)) {
            out.require(out.room() + 1);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    /** False if there was too little room. */
    private boolean decoded(byte[] in, int offset, int length, BodyOutput out) throws BodyException {
        try {
            out.advance(context.decompressByteArray(out.array(), out.position(), out.room(), in, offset, length));
            return true;
        } catch (ZstdException e) {
            if (e.getErrorCode() == TOO_SMALL && !frames.declared()) {
                return false;
            }
            throw BodyException.malformed("zstd: " + e.getMessage());
        }
    }
}
