package dev.sluice.transport.compression;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.sluice.otlp.Bytes;
import dev.sluice.testkit.TestContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.Snappy;
import io.netty.handler.codec.compression.SnappyFrameEncoder;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecompressorTest {
    private static final long LIMIT = 20 << 20;

    private final TestContext context = new TestContext("otlp");
    private final Decompressor decompressor = new Decompressor(context);
    private final List<Long> grants = new ArrayList<>();

    @AfterEach
    void close() {
        decompressor.close();
    }

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
        byte[] free = oracle(how, zeros);
        assertThat(free.length).isLessThan(zeros.length / 200);
        assertThat(good(decompress(how, free)).length()).isEqualTo(zeros.length);
        byte[] bomb = oracle(how, new byte[16 << 20]);
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
        byte[] compressed = oracle(how, Samples.words(6, 400_000));
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
            same(good(decompress(how, oracle(how, body))), body);
            byte[] noise = Samples.noise(length, length);
            same(good(decompress(how, oracle(how, noise))), noise);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void everyTruncationIsMalformed(Compression how) throws IOException {
        byte[] whole = oracle(how, Samples.words(8, 1_500));
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
        byte[] whole = oracle(how, Samples.words(9, 1_500));
        for (String rubbish : List.of("00", "4142434445464748494a4b4c4d4e")) {
            assertThat(kind(decompress(how, join(whole, HexFormat.of().parseHex(rubbish)))))
                    .isEqualTo(BodyException.Kind.MALFORMED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD", "LZ4", "SNAPPY_FRAMED"})
    void severalFramesAreOneBody(Compression how) throws IOException {
        byte[] one = Samples.words(10, 1_500);
        byte[] two = Samples.words(11, 90_000);
        byte[] body = join(one, two);
        same(good(decompress(how, join(oracle(how, one), oracle(how, two)))), body);
    }

    @ParameterizedTest
    @EnumSource(names = {"ZSTD", "LZ4"})
    void skippableFramesAreSkipped(Compression how) throws IOException {
        byte[] body = Samples.words(12, 1_500);
        byte[] skipped = HexFormat.of().parseHex("532a4d1803000000aabbcc");
        byte[] whole = join(join(skipped, oracle(how, body)), skipped);
        same(good(decompress(how, whole)), body);
        refused(
                decompress(how, Arrays.copyOf(whole, whole.length - 1)),
                BodyException.Kind.MALFORMED,
                "unexpected EOF");
    }

    @Test
    void aBodyThatIsMuchLargerThanItLooksIsReadAside() throws IOException {
        byte[] body = Samples.words(13, 9 << 20);
        byte[] dense = join(body, new byte[11 << 20]);
        for (Compression how : List.of(Compression.GZIP, Compression.ZSTD)) {
            grants.clear();
            byte[] compressed = oracle(how, dense);
            same(good(decompress(how, compressed)), dense);
            // What the attempt on the loop was granted is not asked for again.
            assertThat(granted()).isLessThanOrEqualTo(2L * dense.length);
        }
    }

    @Test
    void bodiesOfGzipMayHaveAllPartsOfTheHeader() throws IOException {
        byte[] body = Samples.words(14, 1_500);
        byte[] plain = oracle(Compression.GZIP, body);
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
    void aWrongChecksumOrSizeIsMalformed() throws IOException {
        byte[] gzip = oracle(Compression.GZIP, Samples.words(15, 1_500));
        for (int back = 1; back <= 8; back++) {
            byte[] wrong = gzip.clone();
            wrong[gzip.length - back] ^= 1;
            refused(decompress(Compression.GZIP, wrong), BodyException.Kind.MALFORMED, "gzip: invalid checksum");
        }
        for (Compression how : List.of(Compression.ZLIB, Compression.ZSTD, Compression.LZ4)) {
            byte[] wrong = oracle(how, Samples.words(15, 1_500));
            wrong[wrong.length - 1] ^= 1;
            assertThat(kind(decompress(how, wrong))).isEqualTo(BodyException.Kind.MALFORMED);
        }
        byte[] framed = oracle(Compression.SNAPPY_FRAMED, Samples.words(15, 1_500));
        framed[14] ^= 1;
        refused(decompress(Compression.SNAPPY_FRAMED, framed), BodyException.Kind.MALFORMED, "snappy: corrupt input");
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffffffff0f00", // 4 GiB - 1 in six bytes
                "80808050" // 160 MiB
            })
    void aSnappyBlockThatDeclaresMoreThanTheLimitAllocatesNothing(String hex) {
        refused(
                decompress(Compression.SNAPPY, HexFormat.of().parseHex(hex)),
                BodyException.Kind.TOO_LARGE,
                "http: request body too large");
        assertThat(grants).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80804000", // 1 MiB in four bytes
                "ffffffffff7f", // a length that does not end
                "ffffffff1f00", // a length beyond 32 bits
                "0400", // one literal of the four
                "0401", // a copy without a distance
                "0000", // a literal where nothing is
                "04004101ff", // a copy from before the start
                "040041ff00000080", // a distance below zero
                "0400410200", // a copy whose distance is cut off
                "04f000", // a literal's length is cut off
                "04fcffffffff", // a literal of 4 GiB
                "0a0041fe0100" // a copy beyond the declared length
            })
    void aSnappyBlockThatDoesNotAddUpIsMalformed(String hex) {
        assertThat(kind(decompress(Compression.SNAPPY, HexFormat.of().parseHex(hex))))
                .isEqualTo(BodyException.Kind.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // no name
                "00000000", // does not begin with the name
                "ff060000734e61507058", // another name
                "ff060000734e6150705902000000", // a kind that may not be skipped
                "ff060000734e61507059010300000102ff", // shorter than a checksum
                "ff060000734e6150705900080000000000008080100000", // more than a chunk may hold
                "ff060000734e6150705901" // cut off in a head
            })
    void aFramedSnappyBodyThatDoesNotAddUpIsMalformed(String hex) {
        assertThat(kind(decompress(Compression.SNAPPY_FRAMED, HexFormat.of().parseHex(hex))))
                .isEqualTo(BodyException.Kind.MALFORMED);
        assertThat(grants).isEmpty();
    }

    @Test
    void framedSnappyMaySkipChunksAndSayItsNameAgain() throws IOException {
        byte[] body = Samples.words(17, 1_500);
        byte[] padding = HexFormat.of().parseHex("fe020000000080000000");
        byte[] whole = oracle(Compression.SNAPPY_FRAMED, body);
        same(good(decompress(Compression.SNAPPY_FRAMED, join(join(whole, padding), whole))), join(body, body));
    }

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

    @Test
    void gzipBodiesOfOneMemberNeedNoCopy() throws IOException {
        byte[] body = Samples.words(20, 50_000);
        byte[] compressed = oracle(Compression.GZIP, body);
        Bytes decoded = good(decompress(Compression.GZIP, compressed));
        assertThat(decoded.sliceArray(0)).hasSize(body.length);
        assertThat(grants).containsExactly(50_000L);
    }

    @Test
    void aBodyUnderWayEndsAfterClosing() throws IOException {
        byte[] compressed = oracle(Compression.GZIP, Samples.words(21, 1_500));
        decompressor.close();
        assertThat(good(decompress(Compression.GZIP, compressed)).length()).isEqualTo(1_500);
        decompressor.close();
    }

    @Test
    void overGrpcSnappyIsFramedAndTheOthersAreThemselves() {
        assertThat(Compression.SNAPPY.overGrpc()).isEqualTo(Compression.SNAPPY_FRAMED);
        assertThat(Compression.GZIP.overGrpc()).isEqualTo(Compression.GZIP);
        assertThat(Compression.NONE.overGrpc()).isEqualTo(Compression.NONE);
    }

    private Future<Bytes> decompress(Compression how, byte[] body) {
        return decompressor.decompress(how, Bytes.of(body), LIMIT, this::grant);
    }

    private boolean grant(long bytes) {
        assertThat(bytes).isPositive();
        grants.add(bytes);
        return true;
    }

    private long granted() {
        return grants.stream().mapToLong(grant -> grant).sum();
    }

    private static Bytes good(Future<Bytes> decoded) {
        if (decoded.failed()) {
            throw new AssertionError(decoded.cause());
        }
        return decoded.result();
    }

    /** Without printing megabytes when they differ. */
    private static void same(Bytes decoded, byte[] body) {
        assertThat(decoded.length()).isEqualTo(body.length);
        assertThat(Arrays.mismatch(decoded.toByteArray(), body))
                .as("first difference")
                .isEqualTo(-1);
    }

    private static BodyException.Kind kind(Future<Bytes> decoded) {
        assertThat(decoded.failed()).isTrue();
        assertThat(decoded.cause()).isInstanceOf(BodyException.class);
        return ((BodyException) decoded.cause()).kind();
    }

    private static void refused(Future<Bytes> decoded, BodyException.Kind kind, String message) {
        assertThat(kind(decoded)).isEqualTo(kind);
        assertThat(decoded.cause()).hasMessage(message);
        assertThat(decoded.cause().getStackTrace()).isEmpty();
    }

    private static byte[] join(byte[] one, byte[] two) {
        return Bytes.concat(List.of(Bytes.of(one), Bytes.of(two))).toByteArray();
    }

    /** The body as others compress it; ours for LZ4, which has none in Java, and for snappy beyond what Netty's gets right. */
    private byte[] oracle(Compression how, byte[] body) throws IOException {
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

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = DecompressorTest.class.getResourceAsStream("/lz4/" + name + ".lz4")) {
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
