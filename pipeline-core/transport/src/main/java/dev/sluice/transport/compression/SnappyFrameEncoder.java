package dev.sluice.transport.compression;

import dev.sluice.otlp.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import java.util.zip.CRC32C;

/** Snappy's framed format (google/snappy, framing_format.txt). */
final class SnappyFrameEncoder implements BodyEncoder {
    private static final byte[] HEAD = {(byte) 0xff, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'};

    /** The most that a frame may hold, uncompressed. */
    private static final int FRAME = 65_536;

    private final Snappy snappy = new Snappy();
    private final CRC32C crc = new CRC32C();

    @Override
    public Bytes encode(Bytes body) {
        ChunkedOutput out = new ChunkedOutput();
        out.write(HEAD, 0, HEAD.length);
        ByteBuf scratch = Unpooled.buffer(32 + FRAME + FRAME / 6);
        for (int i = 0; i < body.sliceCount(); i++) {
            for (int done = 0; done < body.sliceLength(i); done += FRAME) {
                int length = Math.min(FRAME, body.sliceLength(i) - done);
                frame(body.sliceArray(i), body.sliceOffset(i) + done, length, scratch.clear(), out);
            }
        }
        return out.toBytes();
    }

    private void frame(byte[] array, int offset, int length, ByteBuf scratch, ChunkedOutput out) {
        snappy.reset();
        snappy.encode(Unpooled.wrappedBuffer(array, offset, length), scratch, length);
        boolean smaller = scratch.readableBytes() < length;
        int stored = 4 + (smaller ? scratch.readableBytes() : length);
        out.writeIntLe((stored << 8) | (smaller ? 0 : 1));
        crc.reset();
        crc.update(array, offset, length);
        int sum = (int) crc.getValue();
        out.writeIntLe(Integer.rotateRight(sum, 15) + 0xa282ead8);
        if (smaller) {
            out.write(scratch.array(), scratch.arrayOffset(), scratch.readableBytes());
        } else {
            out.write(array, offset, length);
        }
    }
}
