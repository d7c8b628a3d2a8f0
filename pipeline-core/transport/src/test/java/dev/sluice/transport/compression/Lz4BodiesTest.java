package dev.sluice.transport.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Lz4BodiesTest extends Decompressing {
    @ParameterizedTest
    @ValueSource(strings = {"linked-size-blocksums", "independent-hc-4m", "two-frames-skippable-between"})
    void whatTheLz4ToolMakesIsRead(String name) throws IOException {
        same(good(decompress(Compression.LZ4, resource(name))), lines().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyByteOfAnLz4FrameWithAllChecksumsCounts() throws IOException {
        byte[] whole = resource("linked-size-blocksums");
        for (int i = 0; i < whole.length; i += i < 40 ? 1 : 97) {
            byte[] wrong = whole.clone();
            wrong[i] ^= 4;
            assertThat(decompress(Compression.LZ4, wrong).failed())
                    .as("byte %d", i)
                    .isTrue();
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Lz4BodiesTest.class.getResourceAsStream("/lz4/" + name + ".lz4")) {
            return in.readAllBytes();
        }
    }

    /** What the files in {@code resources/lz4} hold. */
    private static String lines() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 4_000; i++) {
            lines.append("GET /item/").append(i * i % 1_009).append(" 200\n");
        }
        return lines.toString();
    }
}
