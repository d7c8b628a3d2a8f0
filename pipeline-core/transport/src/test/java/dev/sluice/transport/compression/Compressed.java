package dev.sluice.transport.compression;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.sluice.otlp.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.Snappy;
import io.netty.handler.codec.compression.SnappyFrameEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Bodies as clients compress them. */
final class Compressed {
    private Compressed() {}

    /** The body as others compress it; ours for LZ4, which has none in Java, and for snappy beyond what Netty's gets right. */
    static byte[] by(Compression how, byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (how) {
            case NONE -> out.write(body);
            case GZIP -> {
                try (OutputStream gzip = new GZIPOutputStream(out)) {
                    gzip.write(body);
                }
            }
            case ZLIB, DEFLATE -> {
                try (OutputStream zlib = new DeflaterOutputStream(out)) {
                    zlib.write(body);
                }
            }
            case SNAPPY -> {
                ByteBuf block = Unpooled.buffer();
                new Snappy().encode(Unpooled.wrappedBuffer(body), block, body.length);
                out.write(
                        body.length <= 65_536
                                ? ByteBufUtil.getBytes(block)
                                : new SnappyBlockEncoder()
                                        .encode(Bytes.of(body))
                                        .toByteArray());
            }
            case SNAPPY_FRAMED -> {
                EmbeddedChannel channel = new EmbeddedChannel(new SnappyFrameEncoder());
                channel.writeOutbound(Unpooled.wrappedBuffer(body));
                for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
                    out.write(ByteBufUtil.getBytes(part));
                    part.release();
                }
                channel.finishAndReleaseAll();
            }
            case ZSTD -> out.write(checked(body));
            case LZ4 -> out.write(new Lz4FrameEncoder().encode(Bytes.of(body)).toByteArray());
        }
        return out.toByteArray();
    }

    /** In one call, so that the frame says how much it holds. */
    private static byte[] checked(byte[] body) {
        try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
            return zstd.setChecksum(true).compress(body);
        }
    }

    static byte[] join(byte[] one, byte[] two) {
        return Bytes.concat(List.of(Bytes.of(one), Bytes.of(two))).toByteArray();
    }
}
