package dev.sluice.transport.compression;

import dev.sluice.otlp.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;

/** One snappy block (google/snappy, format_description.txt), as remote write and HTTP bodies have it. */
final class SnappyBlockEncoder implements BodyEncoder {
    private final Snappy snappy = new Snappy();

    @Override
    public Bytes encode(Bytes body) {
        ByteBuf in = Unpooled.wrappedBuffer(body.toByteArray());
        // The worst case by the format's own bound: 32 + n + n / 6.
        ByteBuf out = Unpooled.buffer(32 + body.length() + body.length() / 6);
        snappy.reset();
        snappy.encode(in, out, body.length());
        return Bytes.of(out.array(), out.arrayOffset(), out.readableBytes());
    }
}
