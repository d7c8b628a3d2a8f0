package dev.sluice.transport.compression;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ZstdBodiesTest extends Decompressing {
    @Test
    void aZstdWindowBeyond8MebibytesIsRefused() throws IOException {
        byte[] body = Samples.words(18, 1_500);
        same(good(decompress(Compression.ZSTD, windowed(body, 23))), body);
        refused(decompress(Compression.ZSTD, windowed(body, 24)), BodyException.Kind.MALFORMED, "window size exceeded");
    }

    @Test
    void aZstdFrameMayNotDeclareMoreThanItsBlocksCanHold() {
        // One frame of one segment, 4 bytes of size: 1 MiB; one stored block of one byte.
        refused(
                decompress(Compression.ZSTD, HexFormat.of().parseHex("28b52ffda00000100009000041")),
                BodyException.Kind.MALFORMED,
                "zstd: frame content size is wrong");
        assertThat(grants).isEmpty();
    }

    @Test
    void zstdBodiesOfUnknownSizeGrowUntilTheyFit() throws IOException {
        byte[] body = new byte[700_000];
        System.arraycopy(Samples.words(19, 100_000), 0, body, 0, 100_000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zstd = new ZstdOutputStreamNoFinalizer(out, 3)) {
            // Many small blocks: what they could hold says little.
            for (int at = 0; at < body.length; at += 1_000) {
                zstd.write(body, at, 1_000);
                zstd.flush();
            }
        }
        same(good(decompress(Compression.ZSTD, out.toByteArray())), body);
        assertThat(granted()).isLessThanOrEqualTo(2L * body.length);
    }

    /** In parts, so that it does not, and asking for a window of that many bits. */
    private static byte[] windowed(byte[] body, int log) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zstd = new ZstdOutputStreamNoFinalizer(out, 3)) {
            zstd.write(body);
        }
        byte[] frame = out.toByteArray();
        frame[5] = (byte) ((log - 10) << 3);
        return frame;
    }
}
