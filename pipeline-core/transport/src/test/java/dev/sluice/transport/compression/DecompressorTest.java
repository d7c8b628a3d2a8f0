package dev.sluice.transport.compression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.otlp.Bytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for all formats. */
class DecompressorTest extends Decompressing {
    @ParameterizedTest
    @EnumSource
    void whatTheCompressorMakesComesBackInOneSlice(Compression how) {
        Compressor compressor = new Compressor(how, Compression.DEFAULT_LEVEL, context);
        for (int length : new int[] {1, 2, 63, 4_000, 65_535, 65_536, 65_537, 300_000, 3_000_000}) {
            for (byte[] body : List.of(Samples.words(length, length), Samples.noise(length, length))) {
                Bytes compressed =
                        compressor.compress(Samples.rope(length, body)).result();
                grants.clear();
                Bytes decoded = good(decompressor.decompress(how, compressed, LIMIT, this::grant));
                assertThat(decoded.sliceCount()).isEqualTo(1);
                same(decoded, body);
                if (how != Compression.NONE) {
                    assertThat(granted()).isGreaterThanOrEqualTo(length);
                }
            }
        }
        compressor.close();
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyBodyComesBackEmpty(Compression how) {
        Compressor compressor = new Compressor(how, Compression.DEFAULT_LEVEL, context);
        Bytes compressed = compressor.compress(Bytes.EMPTY).result();
        assertThat(good(decompress(how, compressed.toByteArray())).isEmpty()).isTrue();
        compressor.close();
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aBodyMayHaveAsMuchAsTheLimitAndNoMore(Compression how) {
        Compressor compressor = new Compressor(how, Compression.DEFAULT_LEVEL, context);
        byte[] body = Samples.words(5, 200_000);
        Bytes compressed = compressor.compress(Bytes.of(body)).result();
        same(good(decompressor.decompress(how, compressed, 200_000, this::grant)), body);
        grants.clear();
        refused(
                decompressor.decompress(how, compressed, 199_999, this::grant),
                BodyException.Kind.TOO_LARGE,
                "http: request body too large");
        assertThat(granted()).isLessThan(200_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZLIB", "DEFLATE", "ZSTD", "LZ4"})
    void aBodyMayNotGrowToMoreThan200TimesItsSizeAfterTheFirstMebibyte(Compression how) throws IOException {
        byte[] zeros = new byte[1 << 20];
        byte[] free = Compressed.by(how, zeros);
        assertThat(free.length).isLessThan(zeros.length / 200);
        assertThat(good(decompress(how, free)).length()).isEqualTo(zeros.length);
        byte[] bomb = Compressed.by(how, new byte[16 << 20]);
        if (how == Compression.LZ4) {
            // LZ4 makes at most 255 of one; without frames that repeat it never gets there.
            assertThat((16 << 20) / bomb.length).isGreaterThan(200);
        }
        grants.clear();
        refused(decompress(how, bomb), BodyException.Kind.TOO_LARGE, "http: request body too large");
        assertThat(granted()).isLessThanOrEqualTo(Math.max(1 << 20, 200L * bomb.length));
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void withoutMemoryABodyIsRefusedAndTheNextOneTaken(Compression how) throws IOException {
        byte[] compressed = Compressed.by(how, Samples.words(6, 400_000));
        refused(
                decompressor.decompress(how, Bytes.of(compressed), LIMIT, bytes -> false),
                BodyException.Kind.NO_ROOM,
                "data refused due to high memory usage");
        assertThat(good(decompress(how, compressed)).length()).isEqualTo(400_000);
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void whatOthersCompressIsRead(Compression how) throws IOException {
        for (int length : new int[] {1, 1_000, 100_000, 2_000_000}) {
            byte[] body = Samples.words(length, length);
            same(good(decompress(how, Compressed.by(how, body))), body);
            byte[] noise = Samples.noise(length, length);
            same(good(decompress(how, Compressed.by(how, noise))), noise);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void everyTruncationIsMalformed(Compression how) throws IOException {
        byte[] whole = Compressed.by(how, Samples.words(8, 1_500));
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            if (how == Compression.SNAPPY_FRAMED && length == 10) {
                // The stream's name alone is a whole stream of nothing.
                assertThat(good(decompress(how, part)).isEmpty()).isTrue();
            } else {
                assertThat(kind(decompress(how, part))).as("%d bytes", length).isEqualTo(BodyException.Kind.MALFORMED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void whatFollowsTheEndIsMalformed(Compression how) throws IOException {
        byte[] whole = Compressed.by(how, Samples.words(9, 1_500));
        for (String rubbish : List.of("00", "4142434445464748494a4b4c4d4e")) {
            assertThat(kind(decompress(
                            how, Compressed.join(whole, HexFormat.of().parseHex(rubbish)))))
                    .isEqualTo(BodyException.Kind.MALFORMED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD", "LZ4", "SNAPPY_FRAMED"})
    void severalFramesAreOneBody(Compression how) throws IOException {
        byte[] one = Samples.words(10, 1_500);
        byte[] two = Samples.words(11, 90_000);
        byte[] body = Compressed.join(one, two);
        same(good(decompress(how, Compressed.join(Compressed.by(how, one), Compressed.by(how, two)))), body);
    }

    @ParameterizedTest
    @EnumSource(names = {"ZSTD", "LZ4"})
    void skippableFramesAreSkipped(Compression how) throws IOException {
        byte[] body = Samples.words(12, 1_500);
        byte[] skipped = HexFormat.of().parseHex("532a4d1803000000aabbcc");
        byte[] whole = Compressed.join(Compressed.join(skipped, Compressed.by(how, body)), skipped);
        same(good(decompress(how, whole)), body);
        refused(
                decompress(how, Arrays.copyOf(whole, whole.length - 1)),
                BodyException.Kind.MALFORMED,
                "unexpected EOF");
    }

    @Test
    void aBodyThatIsMuchLargerThanItLooksIsReadAside() throws IOException {
        byte[] body = Samples.words(13, 9 << 20);
        byte[] dense = Compressed.join(body, new byte[11 << 20]);
        for (Compression how : List.of(Compression.GZIP, Compression.ZSTD)) {
            grants.clear();
            byte[] compressed = Compressed.by(how, dense);
            same(good(decompress(how, compressed)), dense);
            // What the attempt on the loop was granted is not asked for again.
            assertThat(granted()).isLessThanOrEqualTo(2L * dense.length);
        }
    }

    @Test
    void aWrongChecksumOrSizeIsMalformed() throws IOException {
        byte[] gzip = Compressed.by(Compression.GZIP, Samples.words(15, 1_500));
        for (int back = 1; back <= 8; back++) {
            byte[] wrong = gzip.clone();
            wrong[gzip.length - back] ^= 1;
            refused(decompress(Compression.GZIP, wrong), BodyException.Kind.MALFORMED, "gzip: invalid checksum");
        }
        for (Compression how : List.of(Compression.ZLIB, Compression.ZSTD, Compression.LZ4)) {
            byte[] wrong = Compressed.by(how, Samples.words(15, 1_500));
            wrong[wrong.length - 1] ^= 1;
            assertThat(kind(decompress(how, wrong))).isEqualTo(BodyException.Kind.MALFORMED);
        }
        byte[] framed = Compressed.by(Compression.SNAPPY_FRAMED, Samples.words(15, 1_500));
        framed[14] ^= 1;
        refused(decompress(Compression.SNAPPY_FRAMED, framed), BodyException.Kind.MALFORMED, "snappy: corrupt input");
    }

    @Test
    void aBodyUnderWayEndsAfterClosing() throws IOException {
        byte[] compressed = Compressed.by(Compression.GZIP, Samples.words(21, 1_500));
        decompressor.close();
        assertThat(good(decompress(Compression.GZIP, compressed)).length()).isEqualTo(1_500);
        decompressor.close();
    }
}
