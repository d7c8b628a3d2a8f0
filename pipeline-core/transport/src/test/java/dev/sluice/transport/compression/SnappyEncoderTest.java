package dev.sluice.transport.compression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.Snappy;
import io.netty.handler.codec.compression.SnappyFrameDecoder;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Netty's decoders, which are right for all lengths, read what we write. */
class SnappyEncoderTest {
    private final SnappyBlockEncoder block = new SnappyBlockEncoder();
    private final SnappyFrameEncoder framed = new SnappyFrameEncoder();

    @Test
    void blocksOfAllKindsAreReadByNetty() {
        for (int seed = 0; seed < 400; seed++) {
            byte[] body = body(seed);
            ByteBuf decoded = Unpooled.buffer();
            Bytes encoded = block.encode(Samples.rope(seed, body));
            new Snappy().decode(Unpooled.wrappedBuffer(encoded.toByteArray()), decoded);
            assertThat(Arrays.mismatch(ByteBufUtil.getBytes(decoded), body))
                    .as("seed %d", seed)
                    .isEqualTo(-1);
        }
    }

    @Test
    void framesOfAllKindsAreReadByNetty() {
        for (int seed = 0; seed < 400; seed++) {
            byte[] body = body(seed);
            EmbeddedChannel channel = new EmbeddedChannel(new SnappyFrameDecoder(true));
            channel.writeInbound(Unpooled.wrappedBuffer(
                    framed.encode(Samples.rope(seed, body)).toByteArray()));
            ByteArrayOutputStream decoded = new ByteArrayOutputStream();
            for (ByteBuf part = channel.readInbound(); part != null; part = channel.readInbound()) {
                decoded.writeBytes(ByteBufUtil.getBytes(part));
                part.release();
            }
            assertThat(Arrays.mismatch(decoded.toByteArray(), body))
                    .as("seed %d", seed)
                    .isEqualTo(-1);
        }
    }

    @Test
    void whatRepeatsBecomesSmall() {
        // A copy of 64 bytes takes three.
        assertThat(block.encode(Bytes.of(new byte[1 << 20])).length()).isLessThan((1 << 20) / 20);
        byte[] words = Samples.words(1, 200_000);
        assertThat(block.encode(Bytes.of(words)).length()).isLessThan(150_000);
        byte[] noise = Samples.noise(1, 200_000);
        assertThat(block.encode(Bytes.of(noise)).length()).isLessThan(200_100);
    }

    private static byte[] body(int seed) {
        Random random = new Random(seed);
        int length = 1 + random.nextInt(seed % 10 == 0 ? 300_000 : 3_000);
        return switch (seed % 4) {
            case 0, 1 -> Samples.words(seed, length);
            case 2 -> Samples.noise(seed, length);
            default -> {
                // Runs: copies that overlap themselves, of all lengths.
                byte[] runs = new byte[length];
                for (int at = 0; at < length; ) {
                    int run = Math.min(1 + random.nextInt(140), length - at);
                    Arrays.fill(runs, at, at + run, (byte) random.nextInt(3));
                    at += run;
                }
                yield runs;
            }
        };
    }
}
