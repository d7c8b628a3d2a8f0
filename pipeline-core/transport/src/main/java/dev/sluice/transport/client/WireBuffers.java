package dev.sluice.transport.client;

import dev.sluice.otlp.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * Ropes as buffers to write, sharing the arrays. Vert.x's public API has no buffer over several arrays, nor one over a part of an
 * array; hence its internal one.
 */
final class WireBuffers {
    private WireBuffers() {}

    /** Head and rope. */
    static Buffer of(byte[] head, Bytes body) {
        ByteBuf[] parts = new ByteBuf[body.sliceCount() + 1];
        parts[0] = Unpooled.wrappedBuffer(head);
        slices(body, 0, body.sliceCount(), parts, 1);
        return buffer(parts);
    }

    static Buffer of(Bytes body) {
        return of(body, 0, body.sliceCount());
    }

    /** The slices {@code from} to before {@code to}. */
    static Buffer of(Bytes body, int from, int to) {
        ByteBuf[] parts = new ByteBuf[to - from];
        slices(body, from, to, parts, 0);
        return buffer(parts);
    }

    private static void slices(Bytes body, int from, int to, ByteBuf[] parts, int at) {
        for (int i = from; i < to; i++) {
            parts[at + i - from] = Unpooled.wrappedBuffer(body.sliceArray(i), body.sliceOffset(i), body.sliceLength(i));
        }
    }

    private static Buffer buffer(ByteBuf[] parts) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(Math.max(1, parts.length), parts));
    }
}
