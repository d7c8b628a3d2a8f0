package dev.sluice.transport.compression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies of gzip, zlib and deflate. */
class DeflateBodiesTest extends Decompressing {
    @Test
    void bodiesOfGzipMayHaveAllPartsOfTheHeader() throws IOException {
        byte[] body = Samples.words(14, 1_500);
        byte[] plain = Compressed.by(Compression.GZIP, body);
        ByteArrayOutputStream full = new ByteArrayOutputStream();
        full.write(HexFormat.of().parseHex("1f8b081f0000000000ff"));
        full.write(HexFormat.of().parseHex("0400aabbccdd"));
        full.write("name\0comment\0".getBytes(StandardCharsets.UTF_8));
        CRC32 crc = new CRC32();
        crc.update(full.toByteArray());
        full.write((int) crc.getValue());
        full.write((int) (crc.getValue() >>> 8));
        int head = full.size();
        full.write(plain, 10, plain.length - 10);
        same(good(decompress(Compression.GZIP, full.toByteArray())), body);
        for (int length = 0; length < head; length++) {
            refused(
                    decompress(Compression.GZIP, Arrays.copyOf(full.toByteArray(), length)),
                    BodyException.Kind.MALFORMED,
                    "unexpected EOF");
        }
        byte[] wrong = full.toByteArray();
        wrong[head - 1]++;
        refused(decompress(Compression.GZIP, wrong), BodyException.Kind.MALFORMED, "gzip: invalid header");
    }

    @Test
    void gzipBodiesOfOneMemberNeedNoCopy() throws IOException {
        byte[] body = Samples.words(20, 50_000);
        byte[] compressed = Compressed.by(Compression.GZIP, body);
        Bytes decoded = good(decompress(Compression.GZIP, compressed));
        assertThat(decoded.sliceArray(0)).hasSize(body.length);
        assertThat(grants).containsExactly(50_000L);
    }

    @ParameterizedTest
    @EnumSource(names = {"ZLIB", "DEFLATE"})
    void aBareDeflateStreamIsTakenToo(Compression how) throws IOException {
        for (int level : new int[] {0, 1, 9}) {
            byte[] body = Samples.words(16, 70_000);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (OutputStream deflate = new DeflaterOutputStream(out, new Deflater(level, true))) {
                deflate.write(body);
            }
            same(good(decompress(how, out.toByteArray())), body);
        }
    }

    @Test
    void aPresetDictionaryIsMalformed() {
        Deflater deflater = new Deflater();
        deflater.setDictionary("known".getBytes(StandardCharsets.UTF_8));
        deflater.setInput("known known".getBytes(StandardCharsets.UTF_8));
        deflater.finish();
        byte[] out = new byte[100];
        int length = deflater.deflate(out);
        refused(
                decompress(Compression.ZLIB, Arrays.copyOf(out, length)),
                BodyException.Kind.MALFORMED,
                "zlib: invalid dictionary");
    }
}
