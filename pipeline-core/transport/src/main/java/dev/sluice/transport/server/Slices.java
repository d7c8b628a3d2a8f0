package dev.sluice.transport.server;

import dev.sluice.otlp.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Ropes as Netty's buffers, sharing the arrays. */
final class Slices {
    private Slices() {}

    static ByteBuf of(Bytes bytes) {
        ByteBuf[] parts = new ByteBuf[bytes.sliceCount()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Unpooled.wrappedBuffer(bytes.sliceArray(i), bytes.sliceOffset(i), bytes.sliceLength(i));
        }
        return Unpooled.wrappedBuffer(Math.max(1, parts.length), parts);
    }
}
